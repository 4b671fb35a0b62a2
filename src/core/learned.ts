import type { Tally } from './evidence/learn/learn';
import type { Calibrations } from './evidence/weigh';

/** By what models without a calibration of their own count in verdicts from now on, and where that is from. */
export interface Learned {
  readonly calibrations: Calibrations;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly from:
    | {
        readonly kind: 'captions';
        /** Accepted captions, and claims that these decide on. */
        readonly pictures: number;
        readonly claims: number;
        /** By model id. */
        readonly tallies: Readonly<Record<string, Tally>>;
      }
    /** A run that is set up like another one. */
    | { readonly kind: 'manifest'; readonly name: string };
}
