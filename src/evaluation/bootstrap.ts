import { seededRandom } from '../core/random';
import { f1, type Sums } from './score';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * 95 % percentile interval of the difference of two micro F1 scores, over resampled images (paired: both are
 * measured on the same ones). Efron & Tibshirani 1993, chapter 13.
 * @param ours sums of each image, in the same order as `theirs`
 */
export function pairedDifference(
  ours: readonly Sums[],
  theirs: readonly Sums[],
  resamples = 10_000,
  seed = 1,
): Interval {
  const random = seededRandom(seed);
  const count = ours.length;
  const differences = Array.from({ length: resamples }, () => {
    const a = { right: 0, said: 0, asked: 0 };
    const b = { right: 0, said: 0, asked: 0 };
    for (let drawn = 0; drawn < count; drawn += 1) {
      const at = Math.floor(random() * count);
      add(a, ours[at]);
      add(b, theirs[at]);
    }
    return f1(a) - f1(b);
  }).sort((x, y) => x - y);
  const at = (share: number) => differences[Math.round(share * (resamples - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

function add(sum: { right: number; said: number; asked: number }, part: Sums | undefined): void {
  if (part === undefined) return;
  sum.right += part.right;
  sum.said += part.said;
  sum.asked += part.asked;
}
