/**
 * What a row measures: one number, or its samples (then the median counts), for us and for what we
 * compare with. `ratio` is ours / baseline where it is not given.
 * @typedef {object} Measured
 * @property {number | readonly number[]} ours
 * @property {number | readonly number[]} baseline
 * @property {number} [ratio]
 * @property {string} [detail]
 * @property {string} [name] where a module measures several things: of this one
 * @property {number | null} [bar] of this one
 */

/**
 * @typedef {object} RowTools
 * @property {import('playwright').Browser} browser
 * @property {import('playwright').Page} page a fresh one, in a context of its own
 * @property {string} url where the built app is served
 * @property {boolean} isQuick whether a long row is to be a short one
 * @property {(line: string) => void} log
 */

/**
 * A module in tests/bench/rows.
 * @typedef {object} BenchRow
 * @property {string} name
 * @property {number | null} bar the ratio is to be at most this; null if the row only informs
 * @property {boolean} [webgpu] whether Chromium is started with WebGPU
 * @property {(tools: RowTools) => Promise<Measured | readonly Measured[]>} run
 */

/** @typedef {'PASS' | 'BELOW' | 'INFO'} Verdict */

/**
 * @typedef {object} RowResult
 * @property {string} name
 * @property {number} ours
 * @property {number} baseline
 * @property {number} ratio
 * @property {number | null} bar
 * @property {Verdict} verdict
 * @property {string} detail
 */

/**
 * The middle value; NaN of nothing.
 * @param {number | readonly number[]} samples
 * @returns {number}
 */
export function median(samples) {
  if (typeof samples === 'number') return samples;
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  const high = sorted[Math.floor(middle)] ?? NaN;
  return (low + high) / 2;
}

/**
 * @param {Pick<BenchRow, 'name' | 'bar'>} row
 * @param {Measured} measured
 * @returns {RowResult}
 */
export function rowResult({ name, bar }, measured) {
  const ours = median(measured.ours);
  const baseline = median(measured.baseline);
  const ratio = measured.ratio ?? ours / baseline;
  const { detail = '' } = measured;
  return { name, ours, baseline, ratio, bar, verdict: verdictOf(ratio, bar), detail };
}

/**
 * All that a module measured.
 * @param {Pick<BenchRow, 'name' | 'bar'>} row
 * @param {Measured | readonly Measured[]} measured
 * @returns {RowResult[]}
 */
export function rowResults(row, measured) {
  /** @type {readonly Measured[]} */
  const all = [measured].flat();
  return all.map((one) =>
    rowResult({ name: one.name ?? row.name, bar: one.bar === undefined ? row.bar : one.bar }, one),
  );
}

/**
 * A row that threw: it has shown nothing, so it is below its bar.
 * @param {Pick<BenchRow, 'name' | 'bar'>} row
 * @param {string} detail
 * @returns {RowResult}
 */
export function brokenRow({ name, bar }, detail) {
  return { name, ours: NaN, baseline: NaN, ratio: NaN, bar, verdict: 'BELOW', detail };
}

/**
 * @param {number} ratio
 * @param {number | null} bar
 * @returns {Verdict}
 */
function verdictOf(ratio, bar) {
  if (bar === null) return 'INFO';
  return ratio <= bar ? 'PASS' : 'BELOW';
}

/**
 * The cells of a row in the table that the bench prints.
 * @param {RowResult} result
 * @returns {string[]}
 */
export function rowCells({ verdict, name, ours, baseline, ratio, bar, detail }) {
  const numbers = [ours, baseline, ratio].map(toText);
  return [verdict, name, ...numbers, bar === null ? '' : String(bar), detail];
}

/** @param {number} value */
function toText(value) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '';
}
