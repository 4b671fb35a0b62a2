import type { CellState } from '../core/cell';
import { unitsOf, type Pace } from '../core/progress';
import type { VerdictState } from '../core/verdict';
import type { ModelActivity, RunnerEvents } from '../engine/runner/types';
import { FrameBatch } from './frame-batch';
import type { RunBoard } from './run-board.svelte';

/**
 * Brings what the runner tells into `sink` (a board, and the other tabs): streaming text once per frame, results at once.
 * `onPace` gets the measured pace after each result; what the journal had already is no work and tells nothing of it.
 */
export function runEvents(
  board: Pick<RunBoard, 'progress'>,
  sink: Pick<RunnerEvents, 'cell' | 'verdict'>,
  onPace: (pace: Pace) => void,
  onActivity: (modelId: string, activity: ModelActivity) => void,
): RunnerEvents {
  const startedAt = performance.now();
  const begunAt = Date.now();
  const settledBefore = unitsOf(board.progress).settled;
  let newTokens = 0;
  const measure = (tokens: number, finishedAt = begunAt) => {
    if (finishedAt < begunAt) return;
    newTokens += tokens;
    const finished = unitsOf(board.progress).settled - settledBefore;
    onPace({ finished, elapsedMs: performance.now() - startedAt, newTokens });
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
      if (state.status === 'done') {
        const { timings, finishedAt } = state.description;
        measure(timings.newTokens, finishedAt);
      }
      if (state.status === 'failed') measure(0);
    },
    verdict: (imageId, state) => {
      if (state.status === 'running') {
        verdicts.hold(imageId, state);
        return;
      }
      verdicts.now(imageId, state);
      if (state.status === 'done') measure(state.verdict.newTokens, state.verdict.finishedAt);
    },
    model: onActivity,
  };
}
