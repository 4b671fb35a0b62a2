import type { RunState } from '../../state/run.svelte';

const APP = 'VLM Image Analysis';

/** What a tab that nobody looks at says of its run. */
export function runTitle({ phase, units }: Pick<RunState, 'phase' | 'units'>): string {
  const share = units.all === 0 ? 0 : Math.floor((100 * units.settled) / units.all);
  switch (phase.kind) {
    case 'running':
      return `${String(share)} % · ${APP}`;
    case 'paused':
      return `Paused at ${String(share)} % · ${APP}`;
    case 'finished':
      return `Done · ${APP}`;
    case 'broken':
      return `Stopped by an error · ${APP}`;
    case 'none':
    case 'starting':
    case 'stopped':
    case 'elsewhere':
      return APP;
  }
}
