import { proxy } from 'comlink';
import type {
  Answer,
  AskRequest,
  CheckRequest,
  LoadReport,
  LoadTarget,
  LookOptions,
  LookReport,
  OnPulse,
  OnText,
  VisionEngine,
} from '../core/protocol';
import { loadRequest } from '../models/load-request';
import type { HeldWeights } from './held-weights';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** Page side of one vision worker: one model, loaded once. */
export class VisionClient {
  readonly #host = new WorkerHost<VisionEngine>(spawn.vision);
  readonly #held: HeldWeights | undefined;

  /** @param held files of models that could not be stored */
  constructor(held?: HeldWeights) {
    this.#held = held;
  }

  /** @throws AppError `model-broken` where the registry does not know the model */
  async load(target: LoadTarget, signal: AbortSignal): Promise<LoadReport> {
    const request = loadRequest(target);
    return this.#host.call((remote) => remote.load(this.#held?.addTo(request) ?? request), signal);
  }

  watch(onPulse: OnPulse, signal: AbortSignal): Promise<null> {
    return this.#host.callRunning((remote) => remote.watch(proxy(onPulse)), signal);
  }

  prepare(image: Blob, imageId: string, signal: AbortSignal, options?: LookOptions): Promise<null> {
    return this.#host.callRunning((remote) => remote.prepare(image, imageId, options), signal);
  }

  look(
    image: Blob,
    imageId: string,
    signal: AbortSignal,
    options?: LookOptions,
  ): Promise<LookReport> {
    return this.#host.callRunning((remote) => remote.look(image, imageId, options), signal);
  }

  ask(request: AskRequest, onText: OnText, signal: AbortSignal): Promise<Answer> {
    return this.#host.callRunning((remote) => remote.ask(request, proxy(onText)), signal);
  }

  check(request: CheckRequest, signal: AbortSignal): Promise<readonly number[]> {
    return this.#host.callRunning((remote) => remote.check(request), signal);
  }

  stop(): void {
    this.#host.stop();
  }
}
