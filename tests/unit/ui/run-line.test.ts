import { expect, test } from 'vitest';
import type { RunState } from '../../../src/state/run.svelte';
import { phaseLine } from '../../../src/ui/bar/run-line';

const finished = (settled: number, failed: number) =>
  ({
    phase: { kind: 'finished' },
    units: { settled, all: 6 },
    board: { progress: { failed, verdictsFailed: 0 } },
  }) as unknown as RunState;

test('a run that has ended says what is done and what has failed', () => {
  expect(phaseLine(finished(6, 0))).toBe('6 done');
  expect(phaseLine(finished(6, 2))).toBe('4 done, 2 failed');
});

test('what waits to be tried again is not done', () => {
  expect(phaseLine(finished(0, 0))).toBe('0 of 6');
});
