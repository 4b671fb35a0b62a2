import { expect, test } from 'vitest';
import type { CellState } from '../../../src/core/cell';
import type { VerdictState } from '../../../src/core/verdict';
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

test('a sentence that the judge added is marked, until a person’s own words stand', () => {
  const verdict = {
    status: 'done',
    verdict: {
      caption: 'A calm day.',
      sentences: [{ text: 'A calm day.', claimIds: [], origin: 'added' }],
      claims: [],
      textRows: [],
      writtenBy: 'judge',
    },
  } as unknown as VerdictState;
  expect(cardMarks([], verdict)).toEqual([{ kind: 'added', label: 'added by the judge' }]);
  const edit = { texts: [{ text: 'A day.', at: 1 }], accepted: false };
  expect(cardMarks([], verdict, edit)).toEqual([{ kind: 'edited', label: 'edited' }]);
});
