import { expect, test } from 'vitest';
import { afterAccepting, endText } from '../../../src/state/accepting';
import type { RunBoard } from '../../../src/state/run-board.svelte';

const IMAGES = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

/** @param accepted ids @param without ids of pictures that have no caption and will get none */
function board(accepted: string, without = '', waiting = '') {
  return {
    run: { images: IMAGES },
    isAccepted: (id: string) => accepted.includes(id),
    caption: (id: string) => ((without + waiting).includes(id) ? undefined : 'A cat.'),
    verdict: (id: string) => ({ status: waiting.includes(id) ? 'waiting' : 'done' }),
  } as unknown as RunBoard;
}

test.each([
  ['the next one', board(''), 'a', 'b'],
  ['the next one, accepted or not', board('b'), 'a', 'b'],
  ['the first that is open, from the last', board('a'), 'd', 'b'],
  ['the first that has a caption, from the last', board('', 'a'), 'd', 'b'],
  ['the first that will have one, from the last', board('bc', '', 'a'), 'd', 'a'],
] as const)('accepting goes to %s', (_, of, from, to) => {
  expect(afterAccepting(of, IMAGES, from)).toEqual({ kind: 'picture', id: to });
});

test('where none is left it says so', () => {
  const end = (of: RunBoard, shown = IMAGES) => {
    const after = afterAccepting(of, shown, 'd');
    return after.kind === 'end' ? endText(after, IMAGES.length) : after;
  };
  expect(end(board('abc'))).toBe('All 4 are accepted.');
  expect(end(board('ab', 'c'))).toBe('All 3 captions are accepted; 1 of 4 pictures have none.');
  // A filter leaves out what is still to be accepted.
  expect(end(board('a'), IMAGES.slice(3))).toBe(
    'All that are shown are accepted; 2 others are not.',
  );
});

test('what was accepted just now counts before it is on disk', () => {
  const justNow = new Set(['c', 'd']);
  expect(afterAccepting(board('a'), IMAGES, 'd', justNow)).toEqual({ kind: 'picture', id: 'b' });
  expect(afterAccepting(board('a'), IMAGES, 'b', justNow)).toEqual({
    kind: 'end',
    accepted: 4,
    left: 0,
  });
});
