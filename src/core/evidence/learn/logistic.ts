/** Something seen, or much that looks alike. */
export interface Row {
  /** The weights that take part, and by what each is multiplied. */
  readonly terms: readonly (readonly [weight: number, factor: number])[];
  /** Log odds that are known already. */
  readonly offset: number;
  /** How much of it was true, and how much was not: counts, or parts of one. */
  readonly yes: number;
  readonly no: number;
}

const MOST_STEPS = 50;
/** Of what a whole step would gain, in nats: weights are told to a thousandth. */
const CLOSE = 1e-12;
const SMALLEST = 1e-9;
/** Keeps the system solvable where all rows of a weight are as good as certain. */
const RIDGE = 1e-9;

/**
 * The weights of a logistic regression, under which the rows are as probable as can be, by Newton's method with steps
 * that are halved where they would go too far. Finite where every weight has a row of its own that was true in part
 * and false in part.
 * @param start as many as there are weights
 */
export function fitted(rows: readonly Row[], start: readonly number[]): number[] {
  let weights = [...start];
  let loss = lossOf(rows, weights);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, hessian } = slopes(rows, weights);
    const towards = solved(hessian, gradient);
    const gain = towards.reduce((sum, each, at) => sum + each * (gradient[at] ?? 0), 0);
    if (!(gain > CLOSE)) break;
    let size = 1;
    let next = moved(weights, towards, size);
    let less = lossOf(rows, next);
    while (!(less < loss) && size > SMALLEST) {
      size /= 2;
      next = moved(weights, towards, size);
      less = lossOf(rows, next);
    }
    if (!(less < loss)) break;
    weights = next;
    loss = less;
  }
  return weights;
}

const moved = (weights: readonly number[], towards: readonly number[], size: number): number[] =>
  weights.map((weight, at) => weight - size * (towards[at] ?? 0));

function oddsOf({ terms, offset }: Row, weights: readonly number[]): number {
  return terms.reduce((sum, [at, factor]) => sum + factor * (weights[at] ?? 0), offset);
}

const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** log(1 + e^x), also where e^x is more than a number holds. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

function lossOf(rows: readonly Row[], weights: readonly number[]): number {
  return rows.reduce((sum, row) => {
    const odds = oddsOf(row, weights);
    return sum + row.yes * softplus(-odds) + row.no * softplus(odds);
  }, 0);
}

interface Slopes {
  readonly gradient: number[];
  readonly hessian: number[][];
}

function slopes(rows: readonly Row[], weights: readonly number[]): Slopes {
  const gradient = weights.map(() => 0);
  const hessian = weights.map(() => weights.map(() => 0));
  for (const [at, line] of hessian.entries()) line[at] = RIDGE;
  for (const row of rows) {
    const all = row.yes + row.no;
    const p = sigmoid(oddsOf(row, weights));
    for (const [at, factor] of row.terms) {
      gradient[at] = (gradient[at] ?? 0) + factor * (all * p - row.yes);
      const line = hessian[at] ?? [];
      for (const [other, by] of row.terms)
        line[other] = (line[other] ?? 0) + all * p * (1 - p) * factor * by;
    }
  }
  return { gradient, hessian };
}

/** x of A x = b, for a positive definite A, by Gaussian elimination. A is used up. */
function solved(a: number[][], b: number[]): number[] {
  const right = [...b];
  const at = (row: number, column: number): number => a[row]?.[column] ?? 0;
  const last = right.length - 1;
  for (let pivot = 0; pivot <= last; pivot += 1) {
    for (let row = pivot + 1; row <= last; row += 1) {
      const share = at(row, pivot) / at(pivot, pivot);
      if (share === 0) continue;
      const line = a[row] ?? [];
      for (let column = pivot; column <= last; column += 1)
        line[column] = at(row, column) - share * at(pivot, column);
      right[row] = (right[row] ?? 0) - share * (right[pivot] ?? 0);
    }
  }
  for (let row = last; row >= 0; row -= 1) {
    let rest = right[row] ?? 0;
    for (let column = row + 1; column <= last; column += 1)
      rest -= at(row, column) * (right[column] ?? 0);
    right[row] = rest / at(row, row);
  }
  return right;
}
