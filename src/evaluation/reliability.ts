/** A probability that somebody gave, and what came of it. */
export interface Forecast {
  /** 0..1 */
  readonly probability: number;
  readonly isTrue: boolean;
}

/** Forecasts of about the same probability: said, and how often they came true. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly said: number;
  readonly came: number;
}

export interface Reliability {
  readonly name: string;
  readonly count: number;
  /** Area under the ROC curve: how often a true one was given more than a false one. NaN where there are not both. */
  readonly auc: number;
  /** Mean squared error (Brier 1950). */
  readonly brier: number;
  /** Expected calibration error (Guo et al. 2017, arXiv:1706.04599): |said - came|, weighed by count. */
  readonly calibrationError: number;
  /** Those that hold something. */
  readonly bins: readonly ReliabilityBin[];
}

const BINS = 10;

/** How far probabilities can be trusted. */
export function reliabilityOf(name: string, forecasts: readonly Forecast[]): Reliability {
  const bins = Array.from({ length: BINS }, (_, index) =>
    binOf(
      index,
      forecasts.filter(({ probability }) => placeOf(probability) === index),
    ),
  ).filter(({ count }) => count > 0);
  const count = forecasts.length;
  return {
    name,
    count,
    auc: areaUnderRoc(forecasts),
    brier: mean(forecasts.map(({ probability, isTrue }) => (probability - Number(isTrue)) ** 2)),
    calibrationError:
      bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.said - bin.came), 0) / count,
    bins,
  };
}

/** Rows of Markdown: one forecaster a line, how often what it gave 0-10 %, 10-20 % … came true, then the figures of it all. */
export function reliabilityTable(all: readonly Reliability[]): string {
  const heads = Array.from(
    { length: BINS },
    (_, index) => `${String(index * 10)}–${String(index * 10 + 10)} %`,
  );
  const rows = all.map(({ name, count, auc, brier, calibrationError, bins }) => {
    const came = heads.map((_, index) => {
      const bin = bins.find(({ from }) => placeOf(from) === index);
      return bin === undefined ? '' : `${(bin.came * 100).toFixed(0)} (${String(bin.count)})`;
    });
    return [
      name,
      ...came,
      String(count),
      auc.toFixed(3),
      brier.toFixed(3),
      calibrationError.toFixed(3),
    ];
  });
  const lines = [
    ['says yes with', ...heads, 'claims', 'AUC', 'Brier', 'ECE'],
    ['---', ...heads.map(() => '---:'), '---:', '---:', '---:', '---:'],
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const placeOf = (probability: number) => Math.min(BINS - 1, Math.floor(probability * BINS));

function binOf(index: number, those: readonly Forecast[]): ReliabilityBin {
  return {
    // Not `index * 0.1`, which falls into the bin below for some.
    from: index / BINS,
    to: (index + 1) / BINS,
    count: those.length,
    said: mean(those.map(({ probability }) => probability)),
    came: mean(those.map(({ isTrue }) => Number(isTrue))),
  };
}

/** Mann and Whitney's U by ranks, equal ones sharing theirs, over the number of pairs. */
function areaUnderRoc(forecasts: readonly Forecast[]): number {
  const sorted = [...forecasts].sort((a, b) => a.probability - b.probability);
  let ranks = 0;
  for (let at = 0; at < sorted.length;) {
    let end = at;
    while (sorted[end]?.probability === sorted[at]?.probability && end < sorted.length) end += 1;
    // Ranks are counted from 1: those from `at` to before `end` share their mean.
    const trueOnes = sorted.slice(at, end).filter(({ isTrue }) => isTrue).length;
    ranks += (trueOnes * (at + 1 + end)) / 2;
    at = end;
  }
  const positives = forecasts.filter(({ isTrue }) => isTrue).length;
  const negatives = forecasts.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
