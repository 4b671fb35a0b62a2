import { AppError, type Reply } from '../../src/core/errors';
import type {
  Answer,
  AskRequest,
  CheckRequest,
  LoadReport,
  LoadRequest,
  LookOptions,
  LookReport,
  OnPulse,
  OnText,
  VisionEngine,
  WorkReport,
} from '../../src/core/protocol';
import type { LoadedVision, PreparedImage } from '../families/family';
import { visionFamily } from '../families/registry';
import { Beside } from './beside';
import { firstLogits, generate } from './generate';
import { yesNoTokens, yesProbability } from './logits';
import { lookKey, pixelsOf, prefixOf, startOf, tensorsOf, type Look } from './look';
import { reply } from './reply';
import { configureRuntime, watchDevice } from './runtime';
import { SessionWatch } from './session-watch';
import { Turns, type Turn } from './turn';

/** An image that was decoded and preprocessed before its turn. */
interface Ahead {
  readonly key: string;
  readonly image: Promise<PreparedImage>;
}

/** The image that is described and the one before it, whose claims are checked meanwhile. */
const REMEMBERED_LOOKS = 2;

/** One vision-language model: encodes a picture once and answers any number of prompts about it. */
export class TransformersVision implements VisionEngine {
  #loaded: LoadedVision | undefined;
  #ahead: Ahead | undefined;
  #request: LoadRequest | undefined;
  /** Made when a picture is prepared for the first time. */
  #beside: Beside | undefined;
  readonly #looks = new Map<string, Look>();
  readonly #turns = new Turns();
  readonly #watch = new SessionWatch();

  load(request: LoadRequest): Promise<Reply<LoadReport>> {
    return reply(async () => {
      const started = performance.now();
      const family = visionFamily(request.family);
      if (family === undefined) {
        throw new AppError('model-broken', `${request.modelId} is no vision model`);
      }
      configureRuntime(request, request.device, request.threads);
      const loaded = await family.load(request);
      this.#watch.attach(loaded.model);
      this.#loaded = loaded;
      this.#request = request;
      await watchDevice(request.device);
      return { loadMs: performance.now() - started };
    });
  }

  watch(onPulse: OnPulse): Promise<Reply<null>> {
    return reply(() => {
      this.#watch.tell(onPulse);
      return Promise.resolve(null);
    });
  }

  interrupt(): Promise<Reply<null>> {
    return reply(() => {
      this.#turns.interrupt();
      return Promise.resolve(null);
    });
  }

  report(): Promise<Reply<WorkReport>> {
    return reply(() => {
      const kept = [...this.#looks.values()].reduce((sum, look) => sum + tensorsOf(look), 0);
      return Promise.resolve({
        done: this.#watch.done,
        tensors: { ...this.#watch.tensors, kept },
      });
    });
  }

  prepare(blob: Blob, imageId: string, options: LookOptions = {}): Promise<Reply<null>> {
    return reply(async () => {
      const loaded = this.#ready();
      const key = lookKey(imageId, options);
      if (this.#looks.get(imageId)?.key === key || this.#ahead?.key === key) return null;
      const image = pixelsOf(loaded, blob, options, this.#helper(loaded));
      this.#ahead = { key, image };
      await image.catch(() => undefined);
      return null;
    });
  }

  look(blob: Blob, imageId: string, options: LookOptions = {}): Promise<Reply<LookReport>> {
    return this.#turn(async (turn) => {
      const loaded = this.#ready();
      await this.#makeRoom(imageId);
      const started = performance.now();
      const key = lookKey(imageId, options);
      const image = await this.#prepared(loaded, blob, key, options);
      turn.goOn();
      const decoded = performance.now();
      this.#looks.set(imageId, { key, image, prefix: await prefixOf(loaded, image) });
      return { decodeMs: decoded - started, encodeMs: performance.now() - decoded };
    });
  }

  ask({ imageId, prompt, decode }: AskRequest, onText: OnText): Promise<Reply<Answer>> {
    return this.#turn(async (turn) => {
      const loaded = this.#ready();
      const look = this.#lookAt(imageId);
      if (loaded.answerTask !== undefined) {
        return loaded.answerTask({ question: prompt, image: look.image, decode, onText, turn });
      }
      const { model, tokenizer, clean } = loaded;
      return generate({
        model,
        tokenizer,
        clean,
        decode,
        onText,
        turn,
        ...startOf(loaded, look, prompt),
      });
    });
  }

  check({ imageId, questions }: CheckRequest): Promise<Reply<readonly number[]>> {
    return this.#turn(async (turn) => {
      const loaded = this.#ready();
      const look = this.#lookAt(imageId);
      if (loaded.answerTask !== undefined) {
        throw new AppError('model-broken', 'knows tasks and can not be asked yes or no');
      }
      const tokens = yesNoTokens(loaded.tokenizer);
      const found: number[] = [];
      for (const question of questions) {
        const { inputs, cache } = startOf(loaded, look, question);
        found.push(yesProbability(await firstLogits(loaded.model, inputs, cache), tokens));
        turn.goOn();
      }
      return found;
    });
  }

  #turn<T>(work: (turn: Turn) => Promise<T>): Promise<Reply<T>> {
    return reply(() => this.#turns.take(work));
  }

  #ready(): LoadedVision {
    if (this.#loaded === undefined) throw new AppError('model-broken', 'not loaded');
    return this.#loaded;
  }

  #lookAt(imageId: string): Look {
    const look = this.#looks.get(imageId);
    if (look === undefined) throw new AppError('unknown', 'asked before a look');
    return look;
  }

  #prepared(
    loaded: LoadedVision,
    blob: Blob,
    key: string,
    options: LookOptions,
  ): Promise<PreparedImage> {
    this.#watch.pulse('decode');
    const ahead = this.#ahead;
    const anew = () => pixelsOf(loaded, blob, options);
    if (ahead?.key !== key) return anew();
    this.#ahead = undefined;
    // Whether it was the picture or the worker beside this one: here it is seen.
    return ahead.image.catch(anew);
  }

  #helper({ isProcessedBeside }: LoadedVision): Beside | undefined {
    if (this.#request === undefined || !isProcessedBeside) return undefined;
    return (this.#beside ??= new Beside(this.#request));
  }

  async #makeRoom(imageId: string): Promise<void> {
    const oldest = [...this.#looks.keys()].filter((id) => id !== imageId);
    const gone = [imageId, ...oldest.slice(0, Math.max(0, oldest.length - REMEMBERED_LOOKS + 1))];
    for (const id of gone) {
      const look = this.#looks.get(id);
      this.#looks.delete(id);
      await look?.prefix?.cache.dispose();
    }
  }
}
