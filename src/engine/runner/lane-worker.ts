import type { ImageItem } from '../../core/image';
import type {
  Answer,
  AskRequest,
  LoadTarget,
  LookOptions,
  OnPulse,
  OnText,
} from '../../core/protocol';
import type { RunModel } from '../../core/run';
import { SILENCE_MS, whileHeard } from './silence';
import type { RunnerPorts, VisionPort } from './types';

/** Looks that a worker remembers: see `VisionEngine`. */
const REMEMBERED_LOOKS = 2;

/** One model's worker: started when it is first needed, and again after it was dropped. */
export class LaneWorker {
  readonly #model: RunModel;
  readonly #target: LoadTarget;
  readonly #ports: RunnerPorts;
  #port: VisionPort | undefined;
  /** Images that the worker remembers. */
  #looked: readonly string[] = [];
  #isFresh = true;
  #onPulse: OnPulse = () => undefined;

  constructor(model: RunModel, target: LoadTarget, ports: RunnerPorts) {
    this.#model = model;
    this.#target = target;
    this.#ports = ports;
  }

  /** Whether it has answered nothing yet. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  get isLoaded(): boolean {
    return this.#port !== undefined;
  }

  /** @throws AppError where it does not start; it is dropped then */
  async load(signal: AbortSignal): Promise<void> {
    if (this.#port !== undefined) return;
    const port = this.#ports.vision();
    this.#port = port;
    try {
      await whileHeard(SILENCE_MS.load, () => port.load(this.#target, signal));
      await port.watch((pulse) => this.#onPulse(pulse), signal);
      await this.#ports.tryVision?.(this.#model, this.#target, port, signal);
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  /** Milliseconds that it took; nothing where the worker still remembers the image. */
  async look(image: ImageItem, options: LookOptions, signal: AbortSignal): Promise<number> {
    if (this.#looked.includes(image.id)) return 0;
    const blob = await this.#ports.imageBlob(image);
    const port = this.#loaded();
    const look = await this.#whileHeard(SILENCE_MS.look, () =>
      port.look(blob, image.id, signal, options),
    );
    this.#looked = [...this.#looked.slice(1 - REMEMBERED_LOOKS), image.id];
    return look.decodeMs + look.encodeMs;
  }

  /** Has an image decoded that is looked at next. What is wrong with it the look will tell. */
  async prepare(image: ImageItem, options: LookOptions, signal: AbortSignal): Promise<void> {
    const port = this.#port;
    if (this.#looked.includes(image.id)) return;
    try {
      const blob = await this.#ports.imageBlob(image);
      if (port === this.#port) await port?.prepare(blob, image.id, signal, options);
    } catch {
      // Looked at in its turn, it fails in its turn.
    }
  }

  async ask(request: AskRequest, onText: OnText, signal: AbortSignal): Promise<Answer> {
    const port = this.#loaded();
    const say = (text: string) => {
      if (!signal.aborted) onText(text);
    };
    const answer = await this.#whileHeard(SILENCE_MS.look, () => port.ask(request, say, signal));
    this.#isFresh = false;
    return answer;
  }

  /** Probabilities of "yes", in the order of the questions. */
  check(imageId: string, questions: readonly string[], signal: AbortSignal) {
    const port = this.#loaded();
    const limitMs = SILENCE_MS.look + SILENCE_MS.token * questions.length;
    return this.#whileHeard(limitMs, () => port.check({ imageId, questions }, signal));
  }

  /** Ends it with its memory. */
  drop(): void {
    this.#port?.stop();
    this.#port = undefined;
    this.#looked = [];
    this.#isFresh = true;
  }

  /** The limit while nothing was heard yet: looks and first tokens take long, and are one step. */
  #whileHeard<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
    return whileHeard(limitMs, (heard) => {
      this.#onPulse = ({ stage }) => heard(stage === 'token' ? SILENCE_MS.token : limitMs);
      return work();
    });
  }

  #loaded(): VisionPort {
    if (this.#port === undefined) throw new Error('asked before it was loaded');
    return this.#port;
  }
}
