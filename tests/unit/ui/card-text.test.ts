import { expect, test } from 'vitest';
import type { CellState } from '../../../src/core/cell';
import { cardMarks, cellsText } from '../../../src/ui/gallery/card-text';

const waiting: CellState = { status: 'waiting' };
const running: CellState = { status: 'running', text: '' };
const failed: CellState = {
  status: 'failed',
  error: { code: 'worker-died', detail: '' },
  attempts: 2,
};

test('the dots are told in words', () => {
  expect(cellsText([waiting, waiting])).toBe('0 of 2 descriptions done');
  expect(cellsText([running, failed, waiting])).toBe(
    '0 of 3 descriptions done, 1 being written, 1 failed',
  );
});

test('a failed verdict counts among the failures of a picture', () => {
  const verdict = { status: 'failed', error: { code: 'nothing-to-judge', detail: '' } } as const;
  expect(cardMarks([failed], verdict)).toEqual([{ kind: 'failed', label: '2 failed' }]);
  expect(cardMarks([waiting], undefined)).toEqual([]);
});
