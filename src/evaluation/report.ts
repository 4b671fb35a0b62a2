import { CLAIM_KINDS, type ClaimKind } from '../core/claims';
import { pairedDifference, type Interval } from './bootstrap';
import { addUp, f1, precision, recall, total, type KindSums } from './score';

/** One way to describe the images of a set (a model alone, a vote, a judge's mode), scored image by image. */
export interface Contender {
  readonly name: string;
  readonly role: 'single' | 'vote' | 'judge' | 'control';
  readonly images: readonly KindSums[];
}

export interface ContenderScore {
  readonly name: string;
  readonly role: Contender['role'];
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  /** F1 of each kind that the set asks for. */
  readonly kinds: Partial<Record<ClaimKind, number>>;
}

export interface Comparison {
  readonly judge: ContenderScore;
  readonly single: ContenderScore;
  readonly difference: number;
  readonly interval: Interval;
}

export function scoreOf({ name, role, images }: Contender): ContenderScore {
  const sums = addUp(images.map((image) => total(image)));
  const kinds = CLAIM_KINDS.flatMap((kind) => {
    const own = addUp(images.map((image) => image[kind]));
    return own.asked === 0 ? [] : [[kind, f1(own)] as const];
  });
  return {
    name,
    role,
    f1: f1(sums),
    precision: precision(sums),
    recall: recall(sums),
    kinds: Object.fromEntries(kinds),
  };
}

/** A judge against the single model that did best on these very images, which favours the single one. */
export function compare(judge: Contender, contenders: readonly Contender[]): Comparison {
  const singles = contenders.filter(({ role }) => role === 'single');
  const [first, ...others] = singles;
  if (first === undefined) throw new Error('no single model to compare with');
  const best = others.reduce((a, b) => (scoreOf(b).f1 > scoreOf(a).f1 ? b : a), first);
  return between(judge, best);
}

/** One contender against another on the same images. */
export function between(judge: Contender, other: Contender): Comparison {
  const [judgeScore, single] = [scoreOf(judge), scoreOf(other)];
  return {
    judge: judgeScore,
    single,
    difference: judgeScore.f1 - single.f1,
    interval: pairedDifference(
      judge.images.map((image) => total(image)),
      other.images.map((image) => total(image)),
    ),
  };
}

const four = (value: number): string => value.toFixed(4);

/** The line that everybody can read by machine, fractions with four decimals. */
export function summaryLine({ judge, single, difference, interval }: Comparison): string {
  const range = `[${four(interval.low)}, ${four(interval.high)}]`;
  return `judge F1 ${four(judge.f1)}, best single F1 ${four(single.f1)} (${single.name}), difference ${four(difference)} ${range}`;
}

/** A Markdown table, one row a contender, percent. */
export function scoreTable(scores: readonly ContenderScore[]): string {
  const kinds = CLAIM_KINDS.filter((kind) =>
    scores.some((score) => score.kinds[kind] !== undefined),
  );
  const percent = (value: number | undefined) =>
    value === undefined ? '' : (100 * value).toFixed(1);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['', 'F1', 'precision', 'recall', ...kinds]),
    row(['---', ...Array<string>(kinds.length + 3).fill('---:')]),
    ...scores.map((score) =>
      row([
        score.name,
        percent(score.f1),
        percent(score.precision),
        percent(score.recall),
        ...kinds.map((kind) => percent(score.kinds[kind])),
      ]),
    ),
  ].join('\n');
}
