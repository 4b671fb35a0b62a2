import { expect, test } from 'vitest';
import { calibratedFor, calibrationsOf, withCalibrated } from '../../../src/core/calibrated';
import type { KindCalibration } from '../../../src/core/evidence/calibration';
import { run as runOf } from '../engine/runner/fake-ports';

const said = { certain: 1.2, hedged: 0.1, rival: -0.7, silent: -0.4 };
const object: KindCalibration = { said };

test('a run carries the calibrations of its models alone, under a name of them', async () => {
  const all = { a: { object }, b: { count: object }, c: { object } };
  const one = await calibratedFor(['c', 'a', 'a'], all, 7);
  expect(one).toEqual({
    name: expect.stringMatching(/^[0-9a-f]{16}$/u) as string,
    calibrations: { a: { object }, c: { object } },
    at: 7,
  });
  // The same ones, whatever there is beside them, in whichever order, and whenever.
  const { silent, ...rest } = said;
  const turned = { c: { object }, a: { object: { said: { silent, ...rest } } } };
  expect((await calibratedFor(['a', 'c'], turned, 8)).name).toBe(one.name);
  expect((await calibratedFor(['a', 'b'], all, 7)).name).not.toBe(one.name);
  const other = { ...all, a: { object: { said: { ...said, certain: 1.201 } } } };
  expect((await calibratedFor(['a', 'c'], other, 7)).name).not.toBe(one.name);
});

test('where none of its models is known there is nothing to carry', async () => {
  expect(await calibratedFor(['x'], { a: { object } }, 7)).toEqual({
    name: '',
    calibrations: {},
    at: 7,
  });
});

test('a way names the one that it was made by', async () => {
  const one = await calibratedFor(['a'], { a: { object } }, 1);
  const other = await calibratedFor(['b'], { b: { object } }, 2);
  const both = withCalibrated(withCalibrated(runOf(), one), other);
  expect(calibrationsOf(both, { mode: 'fuse', calibration: one.name })).toEqual({ a: { object } });
  expect(calibrationsOf(both, { mode: 'fuse' })).toBeUndefined();
  expect(calibrationsOf(runOf(), { mode: 'fuse', calibration: one.name })).toBeUndefined();
});
