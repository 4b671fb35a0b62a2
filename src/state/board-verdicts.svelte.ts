import { SvelteMap } from 'svelte/reactivity';
import { distinct, evidenceByImage, isPlanned } from '../core/again';
import { SKIPPED } from '../core/cell';
import type { ImageItem } from '../core/image';
import { wayOf, waysAsked, type JudgeWay } from '../core/judge-way';
import { changedCounts, countsOf, NO_COUNTS, type Counts } from '../core/progress';
import type { Run } from '../core/run';
import type { Verdict, VerdictState } from '../core/verdict';
import type { BoardCells } from './board-cells.svelte';
import { savedVerdicts, type JudgedFrom } from './kept-states';

/** A verdict that another one has taken the place of, and what it was made from. */
export interface PastVerdict extends JudgedFrom {
  readonly verdict: Verdict;
}

/** The verdicts of one run: how each stands, what it is made from, and those before it. */
export class BoardVerdicts {
  readonly #cells: BoardCells;
  readonly #states = new SvelteMap<string, VerdictState>();
  #counts = $state.raw<Counts>(NO_COUNTS);
  /** As each was counted. */
  readonly #counted = new Map<string, VerdictState['status']>();
  readonly #past = new SvelteMap<string, readonly PastVerdict[]>();

  constructor(cells: BoardCells) {
    this.#cells = cells;
    const { judge, images } = cells.run;
    if (judge !== null) for (const { id } of images) this.wait(id);
  }

  /** Undefined where the run has no judge. */
  of(imageId: string): VerdictState | undefined {
    const state = this.#states.get(imageId);
    return state?.status === 'waiting' && this.#isSkipped(imageId) ? SKIPPED : state;
  }

  set(imageId: string, state: VerdictState): void {
    const before = this.#states.get(imageId)?.status;
    this.#states.set(imageId, state);
    if (before !== state.status) this.#count(imageId);
  }

  wait(imageId: string): void {
    this.set(imageId, { status: 'waiting' });
  }

  /** How many stand how: text that streams in changes none. */
  get counts(): Counts {
    return this.#counts;
  }

  /** What is counted may have changed with the run. */
  recount(): void {
    for (const imageId of this.#states.keys()) this.#count(imageId);
  }

  #count(imageId: string): void {
    const before = this.#counted.get(imageId);
    const now = this.of(imageId)?.status;
    if (before === now || now === undefined) return;
    this.#counted.set(imageId, now);
    const one = (status: VerdictState['status']) => countsOf([{ status }]);
    const removed = before === undefined ? NO_COUNTS : one(before);
    this.#counts = changedCounts(this.#counts, one(now), removed);
  }

  /** The picture was left out before all models had described it. */
  #isSkipped(imageId: string): boolean {
    const cells = this.#cells;
    if (cells.run.skips?.imageIds.includes(imageId) !== true) return false;
    return (
      this.#evidence.get(imageId)?.some(({ key }) => cells.state(key).status === 'skipped') === true
    );
  }

  /** Ids of the images whose verdict has failed. */
  failed(): string[] {
    return [...this.#states].flatMap(([id, { status }]) => (status === 'failed' ? [id] : []));
  }

  /** Earlier verdicts on an image, newest first. */
  past(imageId: string): readonly PastVerdict[] {
    return this.#past.get(imageId) ?? [];
  }

  /** Reads the verdicts that are saved, by the evidence that they are made from; the last asked for stands. */
  async open(images: readonly ImageItem[]): Promise<void> {
    const { run } = this.#cells;
    if (run.judge === null) return;
    const evidences = images.map((image) => ({ image, evidences: this.#evidences(image.id) }));
    const found = await savedVerdicts(run, evidences);
    for (const [id, [current, ...past]] of found) {
      if (current?.verdict !== undefined) {
        this.set(id, { status: 'done', verdict: current.verdict });
      }
      const readable = past.flatMap(({ verdict, cellKeys, way }) =>
        verdict === undefined ? [] : [{ verdict, cellKeys, way }],
      );
      if (readable.length > 0 || this.#past.has(id)) this.#past.set(id, readable);
    }
  }

  /** What verdicts on an image were made from, keys of described cells, and how; the current one's first. */
  #evidences(imageId: string): JudgedFrom[] {
    if (!this.isComplete(imageId)) return [];
    const { run, isDone } = this.#cells;
    const own = distinct(this.#cells.placesOf(imageId).flatMap(({ takes }) => takes)).filter(
      isPlanned,
    );
    const judged = (run.judgedAgain ?? []).filter((each) => each.imageId === imageId);
    const planned = { cellKeys: own.map(({ key }) => key), ways: waysAsked(run) };
    const again = judged.map((asked) => ({
      cellKeys: asked.cellKeys,
      ways: waysAsked(run, asked),
    }));
    return [planned, ...again]
      .flatMap(({ cellKeys, ways }) =>
        ways.map((way) => ({ cellKeys: cellKeys.filter(isDone), way })),
      )
      .reverse();
  }

  readonly #evidence = $derived.by(() => evidenceByImage(this.#cells.run, this.#cells.all));

  /** Whether all that the verdict is made from is there, or has failed. */
  isComplete(imageId: string): boolean {
    return (this.#evidence.get(imageId) ?? []).every(({ key }) => {
      const { status } = this.#cells.state(key);
      return status !== 'waiting' && status !== 'running';
    });
  }

  /** Keys of the described cells that the verdict is made from, or is to be. */
  keys(imageId: string): string[] {
    const evidence = this.#evidence.get(imageId) ?? [];
    return evidence.map(({ key }) => key).filter(this.#cells.isDone);
  }

  /** How the verdict is made, or is to be. */
  way(imageId: string): JudgeWay {
    return wayOf(this.#cells.run, imageId);
  }

  /** Whether the verdict was made from other answers than those that stand now. */
  isOutdated(imageId: string): boolean {
    const { status } = this.of(imageId) ?? { status: 'waiting' };
    if (status !== 'done' && status !== 'failed') return false;
    return !isSameSet(this.keys(imageId), this.#cells.standingKeys(imageId));
  }

  /** Ids of the images that a changed run wants to have judged again. */
  toJudge(before: Run, run: Run): Set<string> {
    const again = run.judgedAgain?.slice(before.judgedAgain?.length ?? 0) ?? [];
    const isNewJudge =
      run.judge !== null && (run.earlierJudges?.length ?? 0) > (before.earlierJudges?.length ?? 0);
    const isCountedAnew = (run.calibrated?.length ?? 0) > (before.calibrated?.length ?? 0);
    return new Set([
      ...again.map(({ imageId }) => imageId),
      ...(isNewJudge ? this.failed() : []),
      ...(isCountedAnew ? run.images.map(({ id }) => id) : []),
    ]);
  }

  /** @returns ids of the images whose verdict had failed */
  reopenFailed(): string[] {
    const failed = this.failed();
    for (const id of failed) this.wait(id);
    return failed;
  }
}

export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && new Set([...a, ...b]).size === new Set(a).size;
}
