import { describe, expect, test } from 'vitest';
import type { CellState } from '../../../src/core/cell';
import { progressOf, timeLeftMs, tokensPerSecond, unitsOf } from '../../../src/core/progress';
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
      verdictsTotal: 4,
      verdictsDone: 1,
      verdictsFailed: 1,
    });
  });

  test('a verdict counts as a unit of work, a failed one as settled', () => {
    expect(unitsOf(STATES)).toEqual({ settled: 5, all: 9 });
  });
});

describe('timeLeftMs', () => {
  test.each([
    ['before anything was finished', { finished: 0, elapsedMs: 500, newTokens: 0 }, null],
    ['before time passed', { finished: 1, elapsedMs: 0, newTokens: 0 }, null],
    ['at one unit a second', { finished: 2, elapsedMs: 2000, newTokens: 0 }, 4000],
    ['at two units a second', { finished: 4, elapsedMs: 2000, newTokens: 0 }, 2000],
  ])('%s', (_, pace, left) => {
    expect(timeLeftMs(STATES, pace)).toBe(left);
  });

  test('is nothing when all is settled', () => {
    const pace = { finished: 2, elapsedMs: 2000, newTokens: 0 };
    expect(timeLeftMs(progressOf([done, failed], []), pace)).toBe(0);
  });
});

describe('tokensPerSecond', () => {
  test.each([
    [{ finished: 1, elapsedMs: 2000, newTokens: 50 }, 25],
    [{ finished: 1, elapsedMs: 0, newTokens: 50 }, null],
    [{ finished: 0, elapsedMs: 2000, newTokens: 0 }, null],
  ])('%o -> %s', (pace, expected) => {
    expect(tokensPerSecond(pace)).toBe(expected);
  });
});
