import type { Tally } from '../../core/evidence/learn/learn';
import type { Learned } from '../../core/learned';
import { counted } from '../common/format';

/** Log odds from which on a word counts so, the largest first. */
const STEPS: readonly (readonly [least: number, text: string])[] = [
  [0.8, 'counts much more'],
  [0.1, 'counts a little more'],
  [-0.1, 'counts as before'],
  [-0.8, 'counts a little less'],
];

/** What its captions change of a model's word, against one that nobody knows. */
export function gainText({ gain }: Pick<Tally, 'gain'>): string {
  return STEPS.find(([least]) => gain >= least)?.[1] ?? 'counts much less';
}

export function gainTone({ gain }: Pick<Tally, 'gain'>): 'good' | 'warn' | 'plain' {
  if (gain >= 0.1) return 'good';
  return gain < -0.1 ? 'warn' : 'plain';
}

/** "Right in 71 of 83 things it said; 12 more are left out." */
export function tallyText({ right, wrong, open }: Tally): string {
  const all = right + wrong;
  const left = `${counted(open, 'thing')} it said ${open === 1 ? 'is' : 'are'} left out`;
  if (all === 0) return open === 0 ? 'Said nothing that they decide on.' : `${left}.`;
  const known = `Right in ${right.toLocaleString('en-GB')} of ${counted(all, 'thing')} it said`;
  return open === 0 ? `${known}.` : `${known}; ${counted(open, 'more is', 'more are')} left out.`;
}

/** By what models count, as the end of a sentence. */
export function sourceText({ from }: Learned): string {
  return from.kind === 'captions'
    ? `${counted(from.pictures, 'caption')} you accepted`
    : `what was learned for the run “${from.name}”`;
}
