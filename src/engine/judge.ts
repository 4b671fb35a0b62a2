import { proxy, type Remote } from 'comlink';
import type { AcceptedPicture } from '../core/evidence/learn/observe';
import { isWritten } from '../core/judge-way';
import type {
  ClaimQuestion,
  DescriptionInput,
  JudgeEngine,
  JudgeRequest,
  Lesson,
  LoadReport,
  LoadTarget,
  OnPulse,
  OnText,
} from '../core/protocol';
import type { Verdict } from '../core/verdict';
import { loadRequest } from '../models/load-request';
import type { HeldWeights } from './held-weights';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** Page side of the judge worker. */
export class JudgeClient {
  readonly #host = new WorkerHost<JudgeEngine>(spawn.judge);
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

  questions(
    descriptions: readonly DescriptionInput[],
    signal: AbortSignal,
  ): Promise<readonly ClaimQuestion[]> {
    return this.#host.call((remote) => remote.questions(descriptions), signal);
  }

  learn(
    pictures: readonly AcceptedPicture[],
    onRead: (count: number) => void,
    signal: AbortSignal,
  ): Promise<Lesson> {
    return this.#host.call((remote) => remote.learn(pictures, proxy(onRead)), signal);
  }

  watch(onPulse: OnPulse, signal: AbortSignal): Promise<null> {
    return this.#host.callRunning((remote) => remote.watch(proxy(onPulse)), signal);
  }

  judge(
    request: JudgeRequest,
    onText: OnText,
    signal: AbortSignal,
  ): Promise<Omit<Verdict, 'device' | 'finishedAt'>> {
    const judge = (remote: Remote<JudgeEngine>) => remote.judge(request, proxy(onText));
    // What no model writes needs no worker that has loaded one.
    return isWritten(request.way?.mode ?? 'fuse')
      ? this.#host.callRunning(judge, signal)
      : this.#host.call(judge, signal);
  }

  stop(): void {
    this.#host.stop();
  }
}
