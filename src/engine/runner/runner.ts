import pLimit from 'p-limit';
import type { Cell } from '../../core/cell';
import { isAbort } from '../../core/errors';
import { isChecked } from '../../core/judge-modes/is-checked';
import type { Run } from '../../core/run';
import { FailureStreak } from './faults';
import { ImageOrder } from './image-order';
import { Board } from './board';
import { JudgeLane } from './judge-lane';
import type { CheckPass } from './check-pass';
import { Lane, laneKey, type LaneContext } from './lane';
import { openLanes, type OpenLane } from './open-lanes';
import { Steering } from './steering';
import { Told } from './told';
import { inTurns } from './turns';
import type { RunnerEvents, RunnerPorts, RunTask, SettledCell } from './types';
import { Verdicts } from './verdicts';

/**
 * Does what is left of a run: a lane for each model side by side, all in one order, and the judge on each image as soon as its last
 * cell is settled and, in the mode that checks, its claims are. Where they don't fit into memory together: one lane after the other,
 * and the judge at the end.
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
  const { run, together } = task;
  const inner = new AbortController();
  const combined = AbortSignal.any([signal, inner.signal]);
  const told = new Told(events);
  const shared = { ...sharedOf(task, steering, combined), ports, events: told.events };
  const room = together === 'all' ? undefined : new Room();
  const judging = { ...shared, ...(room === undefined ? {} : { room: room.isGiven }) };
  const judge = run.judge === null ? null : new JudgeLane(run.judge, judging);
  const ends = AbortSignal.any([combined, steering.planEnd]);
  const verdicts = judge === null ? null : new Verdicts(judge, run, ends);
  const board = new Board(task, (evidence) => verdicts?.described(evidence));
  const settled = (cell: Cell, state: SettledCell) => {
    told.events.cell(cell.key, state);
    board.settle(cell, state);
  };
  const context = { ...shared, streak: new FailureStreak(), settled };
  try {
    const unjudged = (await verdicts?.unjudged(board.described())) ?? [];
    const toCheck = unjudged.map(({ image }) => image.id).filter((id) => isChecked(run, id));
    for (const evidence of unjudged) verdicts?.described(evidence);
    const open = openLanes(task, new Set(toCheck));
    const way = { context, checks: verdicts?.checks, ends };
    if (together === 'one') await oneByOne(open, way);
    else await sideBySide(open, way, inner);
    room?.give();
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

/** What all lanes have in common, the judge's too. */
function sharedOf(task: RunTask, steering: Steering, signal: AbortSignal) {
  const { run, lanes, looksAhead, threadsOn } = task;
  const limit = pLimit(lanes);
  return {
    run,
    looksAhead,
    ...(threadsOn === undefined ? {} : { threadsOn }),
    steering,
    signal,
    turn: <T>(work: () => Promise<T>): Promise<T> =>
      limit(async () => {
        await steering.mayBegin(signal);
        return work();
      }),
  };
}

interface Way {
  readonly context: Omit<LaneContext, 'order' | 'checks'>;
  readonly checks: CheckPass | undefined;
  /** Aborts when the run is stopped or the plan has ended. */
  readonly ends: AbortSignal;
}

/** Where claims are checked the lanes wait for each other at every image, and share one order. */
async function sideBySide(
  open: readonly OpenLane[],
  { context, checks }: Way,
  inner: AbortController,
): Promise<void> {
  const { run, steering } = context;
  const orderOf = orders(run, checks !== undefined, steering);
  const lanes = open.map(({ model, isOwn, images }) => {
    const own = { ...context, order: orderOf(), checks: isOwn ? checks : undefined };
    return { lane: new Lane(model, own), images };
  });
  // Workers of the plan before that have nothing to do in this one.
  steering.crew.dismissAll();
  const going = lanes.map(({ lane, images }) => lane.go(images));
  await allOrNone(going, inner, steering);
}

async function oneByOne(open: readonly OpenLane[], { context, checks, ends }: Way): Promise<void> {
  const { run, steering, ports, events } = context;
  const orderOf = orders(run, false, steering);
  await inTurns(open, {
    lane: ({ model }, checking) => {
      const lane = new Lane(model, { ...context, order: orderOf(), checks: checking });
      // There is room for one, and that is this one.
      steering.crew.dismissAll();
      return lane;
    },
    fetch: (model) => ports.ensureWeights(model, ends),
    isLoaded: (model) => steering.crew.has(laneKey(model, context)),
    checks,
    events,
  });
}

/** For the judge's model, when the last of the others has ended. */
class Room {
  give: () => void = () => undefined;
  readonly isGiven = new Promise<void>((resolve) => (this.give = resolve));
}

function isPlanEnd(error: unknown, { planEnd }: Steering): boolean {
  return planEnd.aborted && isAbort(error);
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
  lanes: readonly Promise<unknown>[],
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
