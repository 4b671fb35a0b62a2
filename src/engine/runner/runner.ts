import pLimit from 'p-limit';
import { evidenceByImage } from '../../core/again';
import type { Cell } from '../../core/cell';
import { AppError } from '../../core/errors';
import type { ImageItem } from '../../core/image';
import { FailureStreak } from './faults';
import { JudgeLane, type Evidence } from './judge-lane';
import { Lane } from './lane';
import { openLanes } from './open-lanes';
import type { RunnerEvents, RunnerPorts, RunTask, SettledCell } from './types';
import { Verdicts } from './verdicts';

/**
 * Does what is left of a run: a lane for each model side by side, all in image order, and the judge on
 * each image as soon as its last cell is settled and, in the mode that checks, its claims are.
 *
 * Resolves when nothing is left to do. @throws AppError `aborted`, or the machine's fault that stopped it.
 */
export async function runTask(
  task: RunTask,
  ports: RunnerPorts,
  events: RunnerEvents,
  signal: AbortSignal,
): Promise<void> {
  const { run, cells, lanes, threadsOn } = task;
  const inner = new AbortController();
  const combined = AbortSignal.any([signal, inner.signal]);
  const limit = pLimit(lanes);
  const shared = {
    run,
    ...(threadsOn === undefined ? {} : { threadsOn }),
    ports,
    events,
    signal: combined,
    turn: <T>(work: () => Promise<T>): Promise<T> =>
      limit(() => {
        if (combined.aborted) throw new AppError('aborted');
        return work();
      }),
  };
  const judge = run.judge === null ? null : new JudgeLane(run.judge, shared);
  const verdicts = judge === null ? null : new Verdicts(judge, run, combined);
  const board = new Board(task, (evidence) => verdicts?.described(evidence));
  const streak = new FailureStreak();
  const settled = (cell: Cell, state: SettledCell) => {
    events.cell(cell.key, state);
    board.settle(cell, state);
  };
  const context = { ...shared, streak, settled, checks: verdicts?.checks };
  try {
    const unjudged = (await verdicts?.unjudged(board.described())) ?? [];
    const toCheck = context.checks === undefined ? [] : unjudged.map(({ image }) => image.id);
    for (const evidence of unjudged) verdicts?.described(evidence);
    await allOrNone(
      openLanes(task, new Set(toCheck)).map(({ model, isOwn, images }) =>
        new Lane(model, isOwn ? context : { ...context, checks: undefined }).go(images),
      ),
      inner,
    );
    await verdicts?.finish();
  } finally {
    inner.abort();
    judge?.stop();
    returnToWaiting(cells, board, events);
  }
}

/** Waits for all; the first failure ends the others, and is thrown when the last of them has ended. */
async function allOrNone(lanes: readonly Promise<void>[], others: AbortController): Promise<void> {
  let first: { readonly reason: unknown } | undefined;
  await Promise.all(
    lanes.map((lane) =>
      lane.catch((reason: unknown) => {
        first ??= { reason };
        others.abort();
      }),
    ),
  );
  if (first !== undefined) throw first.reason;
}

/** Tells a run's images from which cells are still missing, and what their evidence is. */
class Board {
  readonly #task: RunTask;
  readonly #states: Map<string, SettledCell>;
  readonly #byImage: ReadonlyMap<string, readonly Cell[]>;
  readonly #complete: (evidence: Evidence) => void;

  constructor(task: RunTask, complete: (evidence: Evidence) => void) {
    this.#task = task;
    this.#states = new Map(task.settled);
    this.#byImage = evidenceByImage(task.run, task.cells);
    this.#complete = complete;
  }

  /** The images whose cells are all settled. */
  described(): Evidence[] {
    return this.#task.run.images.flatMap((image) => this.#evidence(image) ?? []);
  }

  settle(cell: Cell, state: SettledCell): void {
    this.#states.set(cell.key, state);
    const isEvidence = this.#byImage.get(cell.imageId)?.some(({ key }) => key === cell.key);
    if (isEvidence !== true) return;
    const image = this.#task.run.images.find(({ id }) => id === cell.imageId);
    const evidence = image && this.#evidence(image);
    if (evidence !== undefined) this.#complete(evidence);
  }

  isSettled(cell: Cell): boolean {
    return this.#states.has(cell.key);
  }

  /** Undefined while cells of the image are open. */
  #evidence(image: ImageItem): Evidence | undefined {
    const cells = this.#byImage.get(image.id) ?? [];
    if (cells.some((cell) => !this.isSettled(cell))) return undefined;
    const described = cells.flatMap((cell) => {
      const state = this.#states.get(cell.key);
      return state?.status === 'done' ? [{ cell, description: state.description }] : [];
    });
    return { image, described };
  }
}

/** After a stop no cell is left on `running`: what was in flight waits again. */
function returnToWaiting(cells: readonly Cell[], board: Board, events: RunnerEvents): void {
  for (const cell of cells) {
    if (!board.isSettled(cell)) events.cell(cell.key, { status: 'waiting' });
  }
}
