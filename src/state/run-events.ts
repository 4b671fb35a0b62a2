import type { CellState } from '../core/cell';
import { CHECK, NO_PACE, withDone, workKind, type DoneUnit, type Pace } from '../core/progress';
import type { VerdictState } from '../core/verdict';
import type { ModelActivity, RunnerEvents } from '../engine/runner/types';
import { FrameBatch } from './frame-batch';
import type { RunBoard } from './run-board.svelte';

/** Time that passes while it is not stopped, in ms. */
export class Clock {
  #sinceMs: number | undefined = performance.now();
  #passedMs = 0;

  get ms(): number {
    return this.#passedMs + (this.#sinceMs === undefined ? 0 : performance.now() - this.#sinceMs);
  }

  stop(): void {
    this.#passedMs = this.ms;
    this.#sinceMs = undefined;
  }

  goOn(): void {
    this.#sinceMs ??= performance.now();
  }
}

interface Told {
  readonly onPace: (pace: Pace) => void;
  readonly onActivity: (modelId: string, activity: ModelActivity) => void;
}

/**
 * Brings what the runner tells into `sink` (a board, and the other tabs): streaming text once per frame, results at once.
 * `onPace` gets the measured pace after each result; what the journal had already is no work and tells nothing of it.
 */
export function runEvents(
  board: Pick<RunBoard, 'kindOf' | 'run' | 'checked'>,
  sink: Pick<RunnerEvents, 'cell' | 'verdict'>,
  { onPace, onActivity }: Told,
  clock = new Clock(),
): RunnerEvents {
  const begunAt = Date.now();
  let pace = NO_PACE;
  const measure = (unit: DoneUnit, finishedAt: number) => {
    if (finishedAt < begunAt) return;
    pace = withDone(pace, unit, clock.ms);
    onPace(pace);
  };
  const cells = new FrameBatch<CellState>(sink.cell);
  const verdicts = new FrameBatch<VerdictState>(sink.verdict);
  return {
    cell: (key, state) => {
      if (state.status === 'running') {
        cells.hold(key, state);
        return;
      }
      cells.now(key, state);
      if (state.status !== 'done') return;
      const { timings, finishedAt } = state.description;
      const { lookMs, generateMs, newTokens } = timings;
      measure({ kind: board.kindOf(key), ms: lookMs + generateMs, newTokens }, finishedAt);
    },
    verdict: (imageId, state) => {
      if (state.status === 'running') {
        verdicts.hold(imageId, state);
        return;
      }
      verdicts.now(imageId, state);
      if (state.status !== 'done') return;
      const { judgeMs, newTokens, finishedAt } = state.verdict;
      const kind = workKind(board.run.judge?.id ?? '');
      measure({ kind, ms: judgeMs, newTokens }, finishedAt);
    },
    model: onActivity,
    checked: (modelId, imageId, ms) => {
      board.checked(modelId, imageId);
      const kind = workKind(modelId, CHECK);
      if (ms !== null) measure({ kind, ms, newTokens: 0 }, Date.now());
    },
  };
}
