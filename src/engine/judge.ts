import { proxy } from 'comlink';
import type {
  ClaimQuestion,
  DescriptionInput,
  JudgeEngine,
  JudgeRequest,
  LoadReport,
  LoadRequest,
  OnText,
} from '../core/protocol';
import type { Verdict } from '../core/verdict';
import { spawn } from './spawn';
import { WorkerHost } from './worker-host';

/** Page side of the judge worker. */
export class JudgeClient {
  readonly #host = new WorkerHost<JudgeEngine>(spawn.judge);

  load(request: LoadRequest, signal: AbortSignal): Promise<LoadReport> {
    return this.#host.call((remote) => remote.load(request), signal);
  }

  questions(
    descriptions: readonly DescriptionInput[],
    signal: AbortSignal,
  ): Promise<readonly ClaimQuestion[]> {
    return this.#host.call((remote) => remote.questions(descriptions), signal);
  }

  judge(
    request: JudgeRequest,
    onText: OnText,
    signal: AbortSignal,
  ): Promise<Omit<Verdict, 'device' | 'finishedAt'>> {
    return this.#host.callRunning((remote) => remote.judge(request, proxy(onText)), signal);
  }

  stop(): void {
    this.#host.stop();
  }
}
