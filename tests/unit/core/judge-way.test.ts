import { expect, test } from 'vitest';
import { isSameWay, wayName, wayOf } from '../../../src/core/judge-way';

test('an image is judged as it was last asked for, else as the run was planned', () => {
  const asked = (imageId: string, askedAt: number, mode?: 'select' | 'fuse') => ({
    imageId,
    cellKeys: [],
    askedAt,
    ...(mode === undefined ? {} : { way: { mode } }),
  });
  const run = {
    judgeMode: 'verify' as const,
    judgedAgain: [asked('a', 1, 'select'), asked('b', 2), asked('a', 3, 'fuse')],
  };
  expect(wayOf(run, 'a')).toEqual({ mode: 'fuse' });
  expect(wayOf(run, 'b')).toEqual({ mode: 'verify' });
  expect(wayOf({ judgeMode: 'verify' }, 'a')).toEqual({ mode: 'verify' });
});

test('the usual order has the name that verdicts of before are kept under', () => {
  expect(wayName({ mode: 'fuse' })).toBe('fuse');
  expect(wayName({ mode: 'fuse', order: 'reversed' })).toBe('fuse~reversed');
  expect(isSameWay({ mode: 'fuse' }, { mode: 'fuse', order: 'reversed' })).toBe(false);
});
