import pLimit from 'p-limit';
import { SvelteMap } from 'svelte/reactivity';
import { isAbort, toErrorData, type ErrorCode, type ErrorData } from '../core/errors';
import type { RepositoryReport } from '../core/protocol';
import type { Weights } from '../engine/weights';

export type LookUp =
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly report: RepositoryReport }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** What decides whether a repository can be run, and how. */
const CONFIGS = ['config.json', 'tokenizer_config.json'];

/** The Hub allows an address without a token 500 requests in five minutes; a repository takes three or four. */
const AT_ONCE = 3;

/** These are of the Hub or the network, not of the repository that was asked for: the next one fares no better. */
const OF_THE_HUB: readonly ErrorCode[] = [
  'hub-unreachable',
  'rate-limited',
  'hub-failing',
  'hub-unreadable',
  'token-refused',
];

/** What the Hub says of repositories: each is asked for once, as long as the page lives. */
export class Lookups {
  readonly #weights: Pick<Weights, 'lookUp'>;
  readonly #answers = new SvelteMap<string, LookUp>();
  readonly #limit = pLimit(AT_ONCE);
  #stop = new AbortController();
  #trouble = $state.raw<ErrorData | null>(null);

  constructor(weights: Pick<Weights, 'lookUp'>) {
    this.#weights = weights;
  }

  /** Why the Hub can't be asked; null where it can. */
  get trouble(): ErrorData | null {
    return this.#trouble;
  }

  /** Undefined where it was not asked for. */
  of(repository: string): LookUp | undefined {
    return this.#answers.get(repository);
  }

  /** Asks for those that are not known yet. Ends early where the Hub can't be reached: `trouble` then says why. */
  async askAll(
    asked: readonly { readonly repository: string; readonly revision?: string }[],
  ): Promise<void> {
    this.#trouble = null;
    await Promise.all(asked.map((one) => this.ask(one)));
  }

  /** Once for each repository, unless it failed. */
  async ask(asked: { readonly repository: string; readonly revision?: string }): Promise<void> {
    const { repository } = asked;
    const before = this.#answers.get(repository);
    if (before?.kind === 'asking' || before?.kind === 'known') return;
    this.#answers.set(repository, { kind: 'asking' });
    const { signal } = this.#stop;
    await this.#limit(async () => {
      try {
        if (signal.aborted) this.#answers.delete(repository);
        else {
          const report = await this.#weights.lookUp({ ...asked, configs: CONFIGS }, signal);
          this.#answers.set(repository, { kind: 'known', report });
        }
      } catch (error) {
        this.#failed(repository, error);
      }
    });
  }

  /** Ends what is under way: the screen was left, or the Hub is another one now. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  /** Forgets all answers: another Hub, or another account, answers otherwise. */
  clear(): void {
    this.stop();
    this.#answers.clear();
    this.#trouble = null;
  }

  #failed(repository: string, error: unknown): void {
    if (isAbort(error)) {
      this.#answers.delete(repository);
      return;
    }
    const data = toErrorData(error);
    this.#answers.set(repository, { kind: 'failed', error: data });
    if (!OF_THE_HUB.includes(data.code)) return;
    this.#trouble = data;
    this.stop();
  }
}
