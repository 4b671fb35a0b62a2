import type { JudgeMode } from '../../core/run';

/** The ways to a verdict, those that tell most first. */
export const JUDGE_MODE_TEXT: Readonly<
  Record<JudgeMode, { readonly name: string; readonly what: string }>
> = {
  verify: {
    name: 'Verify, then fuse',
    what: 'Every model is asked about every claim, yes or no; support and answers are weighed.',
  },
  fuse: { name: 'Fuse', what: 'Only what the descriptions say counts. Faster.' },
  rank: { name: 'Rank, then fuse', what: 'Only the two best supported descriptions are fused.' },
  select: {
    name: 'Select',
    what: 'The best supported description stands as it is. No judge writes.',
  },
  consensus: {
    name: 'Consensus',
    what: 'What at least half of the models say, in plain words. No judge writes.',
  },
};
