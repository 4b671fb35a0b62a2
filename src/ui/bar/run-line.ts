import type { RunState } from '../../state/run.svelte';
import { counted, formatBytes, formatDuration } from '../common/format';

const number = (count: number): string => count.toLocaleString('en-GB');

/** Share of a run's work that is settled, 0..1; null before there is any. */
export function runShare({ board, units }: RunState): number | null {
  if (board === null) return null;
  const { settled, all } = units;
  return all === 0 ? null : settled / all;
}

/** Bytes of all weights on their way, or null when nothing is fetched. */
function fetchLine(run: RunState): string | null {
  if (run.board === null) return null;
  const { models, judge } = run.board.run;
  const fetching = [...models, ...(judge === null ? [] : [judge])].flatMap(({ id }) => {
    const progress = run.weights(id);
    return progress === undefined ? [] : [progress];
  });
  const loaded = fetching.reduce((sum, { bytes }) => sum + bytes, 0);
  const total = fetching.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  return total === 0 ? null : `Fetching models: ${formatBytes(loaded)} of ${formatBytes(total)}`;
}

/** What the run is doing, in a few words. */
export function phaseLine(run: RunState): string {
  const { phase, board } = run;
  if (phase.kind === 'none' || board === null) return phase.kind === 'starting' ? 'Starting' : '';
  const { settled, all } = run.units;
  const count = `${number(settled)} of ${number(all)}`;
  if (phase.kind === 'elsewhere') return `In another tab: ${count}`;
  if (phase.kind === 'stopped') return `Stopped at ${count}`;
  if (phase.kind === 'broken') return `Paused at ${count}`;
  if (phase.kind === 'finished') {
    // What is to be tried again waits already, a moment before the work on it begins.
    if (settled < all) return count;
    const failed = failedCount(run);
    return failed === 0
      ? `${number(all)} done`
      : `${number(settled - failed)} done, ${number(failed)} failed`;
  }
  if (phase.kind === 'starting') return 'Starting';
  if (phase.kind === 'paused')
    return board.progress.running > 0 ? `Pausing at ${count}` : `Paused at ${count}`;
  const fetching = fetchLine(run);
  if (fetching !== null) return fetching;
  return board.progress.running === 0 && isLoading(run) ? 'Loading models' : count;
}

function isLoading(run: RunState): boolean {
  return run.board?.run.models.some(({ id }) => run.activity(id)?.kind === 'loading') ?? false;
}

/** "about 2 min left · 34 tokens/s", as far as it is known: what matters first, it may be cut off. */
export function paceLine(run: RunState): string {
  const parts: string[] = [];
  if (run.timeLeftMs !== null) parts.push(`about ${formatDuration(run.timeLeftMs)} left`);
  if (run.speed !== null) parts.push(`${run.speed.now.toFixed(0)} tokens/s`);
  return parts.join(' · ');
}

/** Descriptions and verdicts that failed. */
export function failedCount({ board }: Pick<RunState, 'board'>): number {
  return board === null ? 0 : board.progress.failed + board.progress.verdictsFailed;
}

/** "27 descriptions and 3 verdicts", of what is done. */
export function doneLine({ board }: Pick<RunState, 'board'>): string {
  if (board === null) return '';
  const { done, verdictsDone } = board.progress;
  const descriptions = counted(done, 'description');
  return verdictsDone === 0
    ? descriptions
    : `${descriptions} and ${counted(verdictsDone, 'verdict')}`;
}
