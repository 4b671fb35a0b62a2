import { expect, test } from 'vitest';
import { isSameWay, wayName, wayOf, waysAsked, withCalibration } from '../../../src/core/judge-way';

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

test('by what models count is a part of the name, where they don’t count alike', () => {
  expect(wayName({ mode: 'fuse', calibration: 'ab' })).toBe('fuse~by-ab');
  expect(wayName({ mode: 'fuse', order: 'reversed', calibration: 'ab' })).toBe(
    'fuse~reversed~by-ab',
  );
  expect(isSameWay({ mode: 'fuse' }, { mode: 'fuse', calibration: 'ab' })).toBe(false);
  expect(withCalibration({ mode: 'fuse', order: 'reversed', calibration: 'ab' }, '')).toEqual({
    mode: 'fuse',
    order: 'reversed',
  });
});

test('models count by what was learned last, unless a picture was asked for otherwise since', () => {
  const run = {
    judgeMode: 'verify' as const,
    calibrated: [
      { name: 'one', calibrations: { a: {} }, at: 10 },
      { name: 'two', calibrations: { b: {} }, at: 20 },
    ],
    judgedAgain: [
      { imageId: 'planned', cellKeys: [], askedAt: 15 },
      { imageId: 'before', cellKeys: [], way: { mode: 'select' as const }, askedAt: 5 },
      {
        imageId: 'between',
        cellKeys: [],
        way: { mode: 'fuse' as const, calibration: 'one' },
        askedAt: 15,
      },
      { imageId: 'since', cellKeys: [], way: { mode: 'select' as const }, askedAt: 25 },
    ],
  };
  const names = ['elsewhere', 'planned', 'before', 'between', 'since'].map((id) =>
    wayName(wayOf(run, id)),
  );
  expect(names).toEqual([
    'verify~by-two',
    'verify~by-two',
    'select~by-two',
    'fuse~by-two',
    'select',
  ]);
  // What it was before stays to be found.
  expect(waysAsked(run).map(wayName)).toEqual(['verify', 'verify~by-one', 'verify~by-two']);
  expect(waysAsked(run, run.judgedAgain[2]).map(wayName)).toEqual(['fuse~by-one', 'fuse~by-two']);
});

test('back to counting all alike, verdicts have the names of before', () => {
  const calibrated = [
    { name: 'one', calibrations: { a: {} }, at: 10 },
    { name: '', calibrations: {}, at: 20 },
  ];
  expect(wayName(wayOf({ judgeMode: 'fuse', calibrated }, 'a'))).toBe('fuse');
});
