import type { ErrorData } from '../core/errors';

/** How the run on screen stands. */
export type RunPhase =
  | { readonly kind: 'none' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** What was being written is finished, nothing else begins; the models stay loaded. */
  | { readonly kind: 'paused' }
  /** Another tab works on it. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'stopped' }
  /** The machine's fault ended it; continuing is possible. */
  | { readonly kind: 'broken'; readonly error: ErrorData }
  | { readonly kind: 'finished' };
