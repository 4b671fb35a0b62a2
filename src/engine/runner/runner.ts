import pLimit from 'p-limit';
import { evidenceByImage } from '../../core/again';
import { WAITING, type Cell } from '../../core/cell';
import { isAbort } from '../../core/errors';
import { isChecked } from '../../core/judge-modes/is-checked';
import type { ImageItem } from '../../core/image';
import type { Run } from '../../core/run';
import { FailureStreak } from './faults';
import { ImageOrder } from './image-order';
import { JudgeLane, type Evidence } from './judge-lane';
import { Lane } from './lane';
import { openLanes } from './open-lanes';
import { Steering } from './steering';
import type { RunnerEvents, RunnerPorts, RunTask, SettledCell } from './types';
import { Verdicts } from './verdicts';

/**
 * Does what is left of a run: a lane for each model side by side, all in one order, and the judge on
 * each image as soon as its last cell is settled and, in the mode that checks, its claims are.
 *
 * Resolves when nothing is left to do, or when the plan has ended: then there is another one to be made of what the run is now.
 * @throws AppError `aborted`, or the machine's fault that stopped it.
 */
export async function runTask(
  task: RunTask,
  ports: RunnerPorts,
  events: RunnerEvents,
  signal: AbortSignal,
  steering = new Steering(),
): Promise<void> {
  const { run, lanes } = task;
  const inner = new AbortController();
  const combined = AbortSignal.any([signal, inner.signal]);
  const limit = pLimit(lanes);
  const told = new Told(events);
  const shared = {
    run,
    ...machineOf(task),
    ports,
    events: told.events,
    signal: combined,
    steering,
    turn: <T>(work: () => Promise<T>): Promise<T> =>
      limit(async () => {
        await steering.mayBegin(combined);
        return work();
      }),
  };
  const judge = run.judge === null ? null : new JudgeLane(run.judge, shared);
  const ends = AbortSignal.any([combined, steering.planEnd]);
  const verdicts = judge === null ? null : new Verdicts(judge, run, ends);
  const board = new Board(task, (evidence) => verdicts?.described(evidence));
  const settled = (cell: Cell, state: SettledCell) => {
    told.events.cell(cell.key, state);
    board.settle(cell, state);
  };
  const checks = verdicts?.checks;
  const orderOf = orders(run, checks !== undefined, steering);
  const context = { ...shared, streak: new FailureStreak(), settled, checks };
  try {
    const unjudged = (await verdicts?.unjudged(board.described())) ?? [];
    const toCheck = unjudged.map(({ image }) => image.id).filter((id) => isChecked(run, id));
    for (const evidence of unjudged) verdicts?.described(evidence);
    const open = openLanes(task, new Set(toCheck)).map(({ model, isOwn, images }) => {
      const own = { ...context, order: orderOf(), ...(isOwn ? {} : { checks: undefined }) };
      return { lane: new Lane(model, own), images };
    });
    // Workers of the plan before that have nothing to do in this one.
    steering.crew.dismissAll();
    await allOrNone(
      open.map(({ lane, images }) => lane.go(images)),
      inner,
      steering,
    );
    await verdicts?.finish();
  } catch (error) {
    // What was begun is finished, and on disk.
    if (!isPlanEnd(error, steering) || signal.aborted) throw error;
  } finally {
    if (!steering.planEnd.aborted) inner.abort();
    judge?.stop();
    if (signal.aborted || !steering.planEnd.aborted) steering.crew.dismissAll();
    told.returnToWaiting();
  }
}

function isPlanEnd(error: unknown, { planEnd }: Steering): boolean {
  return planEnd.aborted && isAbort(error);
}

/** What a lane has to know of the machine. */
function machineOf({ looksAhead, threadsOn }: RunTask) {
  return { looksAhead, ...(threadsOn === undefined ? {} : { threadsOn }) };
}

/** One order for all lanes where they wait for each other, else one for each. */
function orders({ images }: Run, isShared: boolean, steering: Steering): () => ImageOrder {
  const ids = images.map(({ id }) => id);
  const make = () => new ImageOrder(ids, () => steering.wanted);
  const shared = make();
  return isShared ? () => shared : make;
}

/** Waits for all; the first failure ends the others, and is thrown when the last of them has ended. */
async function allOrNone(
  lanes: readonly Promise<void>[],
  others: AbortController,
  steering: Steering,
): Promise<void> {
  let first: { readonly reason: unknown } | undefined;
  await Promise.all(
    lanes.map((lane) =>
      lane.catch((reason: unknown) => {
        if (first === undefined || isPlanEnd(first.reason, steering)) first = { reason };
        if (!isPlanEnd(reason, steering)) others.abort();
      }),
    ),
  );
  if (first !== undefined) throw first.reason;
}

/** Remembers what was told to be running: after the end of a plan, or a stop, it waits again. */
class Told {
  readonly #running = new Set<string>();
  readonly events: RunnerEvents;
  readonly #tell: RunnerEvents;

  constructor(events: RunnerEvents) {
    this.#tell = events;
    this.events = {
      ...events,
      cell: (key, state) => {
        if (state.status === 'running') this.#running.add(key);
        else this.#running.delete(key);
        events.cell(key, state);
      },
    };
  }

  returnToWaiting(): void {
    for (const key of this.#running) this.#tell.cell(key, WAITING);
  }
}

/** Tells a run's images from which cells are still missing, and what their evidence is. */
class Board {
  readonly #task: RunTask;
  readonly #states: Map<string, SettledCell>;
  readonly #byImage: ReadonlyMap<string, readonly Cell[]>;
  readonly #images: ReadonlyMap<string, ImageItem>;
  readonly #complete: (evidence: Evidence) => void;

  constructor(task: RunTask, complete: (evidence: Evidence) => void) {
    this.#task = task;
    this.#states = new Map(task.settled);
    this.#byImage = evidenceByImage(task.run, task.cells);
    this.#images = new Map(task.run.images.map((image) => [image.id, image]));
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
    const image = this.#images.get(cell.imageId);
    const evidence = image && this.#evidence(image);
    if (evidence !== undefined) this.#complete(evidence);
  }

  /** Undefined while cells of the image are open, and where it was left out with some of them. */
  #evidence(image: ImageItem): Evidence | undefined {
    const cells = this.#byImage.get(image.id) ?? [];
    if (cells.some(({ key }) => !this.#states.has(key))) return undefined;
    const isLeftOut = this.#task.run.skips?.imageIds.includes(image.id) === true;
    if (isLeftOut && cells.some(({ key }) => this.#states.get(key)?.status === 'skipped'))
      return undefined;
    const described = cells.flatMap((cell) => {
      const state = this.#states.get(cell.key);
      return state?.status === 'done' ? [{ cell, description: state.description }] : [];
    });
    return { image, described };
  }
}
