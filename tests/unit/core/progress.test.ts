import { describe, expect, test } from 'vitest';
import type { CellState } from '../../../src/core/cell';
import {
  NO_PACE,
  progressOf,
  speedOf,
  timeLeftMs,
  unitsOf,
  withDone,
} from '../../../src/core/progress';
import type { VerdictState } from '../../../src/core/verdict';

const waiting = { status: 'waiting' } as const;
const running = { status: 'running', text: '' } as const;
const failed = {
  status: 'failed',
  error: { code: 'unknown', detail: '' },
  attempts: 1,
} as const;
const done = { status: 'done' } as CellState & VerdictState;

const STATES = progressOf([waiting, running, done, done, failed], [waiting, running, done, failed]);

describe('progressOf', () => {
  test('counts cells and verdicts by what became of them', () => {
    expect(STATES).toEqual({
      total: 5,
      done: 2,
      failed: 1,
      running: 2,
      skipped: 0,
      verdictsTotal: 4,
      verdictsDone: 1,
      verdictsFailed: 1,
    });
  });

  test('a verdict counts as a unit of work, a failed one as settled', () => {
    expect(unitsOf(STATES)).toEqual({ settled: 5, all: 9 });
  });
});

test('what was left out is not in the totals', () => {
  const progress = progressOf([{ status: 'skipped' }, done, waiting], [{ status: 'skipped' }]);
  expect(progress).toMatchObject({ total: 2, done: 1, skipped: 1, verdictsTotal: 0 });
});

/** The pace after units of these kinds, ms and tokens, `elapsedMs` after the start for each. */
const paceOf = (
  ...units: readonly (readonly [kind: string, ms: number, tokens: number, at: number])[]
) =>
  units.reduce(
    (pace, [kind, ms, newTokens, at]) => withDone(pace, { kind, ms, newTokens }, at),
    NO_PACE,
  );

describe('timeLeftMs', () => {
  test('is not known before anything was measured', () => {
    expect(timeLeftMs(new Map([['a|p', 3]]), NO_PACE)).toBeNull();
  });

  test('goes by model and prompt', () => {
    const pace = paceOf(['slow|p', 9000, 10, 9000], ['quick|p', 1000, 10, 10_000]);
    expect(timeLeftMs(new Map([['quick|p', 2]]), pace)).toBe(2000);
    expect(timeLeftMs(new Map([['slow|p', 2]]), pace)).toBe(18_000);
  });

  test('goes by the model for a prompt that is new to it, and by all for a new model', () => {
    const pace = paceOf(['slow|p', 9000, 10, 9000], ['quick|p', 1000, 10, 10_000]);
    expect(timeLeftMs(new Map([['slow|q', 1]]), pace)).toBe(9000);
    expect(timeLeftMs(new Map([['new|p', 1]]), pace)).toBe(5000);
  });

  test('counts on as much side by side as there was', () => {
    const pace = paceOf(['a|p', 4000, 10, 4000], ['b|p', 4000, 10, 4000]);
    expect(timeLeftMs(new Map([['a|p', 2]]), pace)).toBe(4000);
  });

  test('is nothing when all is settled', () => {
    expect(timeLeftMs(new Map(), paceOf(['a|p', 1000, 1, 1000]))).toBe(0);
  });
});

describe('speedOf', () => {
  test('is not known before there are tokens', () => {
    expect(speedOf(NO_PACE)).toBeNull();
  });

  test('tells the speed now from that of the whole', () => {
    const pace = paceOf(
      ['a|p', 1, 600, 10_000],
      ['a|p', 1, 100, 50_000],
      ['a|p', 1, 100, 60_000],
      ['a|p', 1, 200, 70_000],
    );
    expect(speedOf(pace)).toEqual({ average: 1000 / 70, now: 15 });
  });
});
