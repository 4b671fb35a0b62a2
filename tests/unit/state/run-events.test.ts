import { expect, test, vi } from 'vitest';
import type { Description } from '../../../src/core/cell';
import type { Pace } from '../../../src/core/progress';
import type { Verdict } from '../../../src/core/verdict';
import { runEvents } from '../../../src/state/run-events';
import { run } from '../engine/runner/fake-ports';

const described = (newTokens: number, finishedAt: number) => {
  const timings = { lookMs: 1, generateMs: 1, newTokens };
  const description = { timings, finishedAt } as Description;
  return { status: 'done', description } as const;
};
const judged = (newTokens: number, finishedAt: number) =>
  ({ status: 'done', verdict: { newTokens, judgeMs: 1, finishedAt } as Verdict }) as const;

const board = { kindOf: () => 'model|prompt', run: run(), checked: vi.fn() };

test('the pace is that of the work done now, not of what the journal had', () => {
  const sink = { cell: vi.fn(), verdict: vi.fn() };
  const paces: Pace[] = [];
  const events = runEvents(board, sink, {
    onPace: (pace) => paces.push(pace),
    onActivity: () => undefined,
  });
  const earlier = Date.now() - 60_000;
  events.verdict('a', judged(40, earlier));
  events.cell('x', described(100, earlier));
  expect(sink.verdict).toHaveBeenCalledOnce();
  expect(sink.cell).toHaveBeenCalledOnce();
  expect(paces).toEqual([]);
  events.cell('y', described(12, Date.now()));
  events.verdict('b', judged(5, Date.now()));
  expect(paces.map(({ newTokens }) => newTokens)).toEqual([12, 17]);
});

test('answers for claims are work of their own kind; those of the journal are none', () => {
  const paces: Pace[] = [];
  const sink = { cell: vi.fn(), verdict: vi.fn() };
  const onActivity = () => undefined;
  const events = runEvents(board, sink, { onPace: (pace) => paces.push(pace), onActivity });
  events.checked?.('one', 'a', null);
  expect(paces).toEqual([]);
  events.checked?.('one', 'b', 300);
  expect(board.checked.mock.calls).toEqual([
    ['one', 'a'],
    ['one', 'b'],
  ]);
  expect([...(paces[0]?.byKind ?? [])]).toEqual([['one|check ', { units: 1, ms: 300 }]]);
});
