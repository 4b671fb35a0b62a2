import { describe, expect, test } from 'vitest';
import type { DeviceLimits, Fit } from '../../../src/core/device-fit';
import { recommend, recommendedRoom, type Candidate } from '../../../src/core/recommend';

const GIB = 1024 ** 3;
const YES: Fit = { kind: 'yes' };
const MAYBE: Fit = { kind: 'maybe', reason: { code: 'slow-on-cpu', parts: ['a'] } };
const NO: Fit = { kind: 'no', reason: { code: 'no-webgpu' } };

function candidate(id: string, parts: Partial<Candidate> = {}): Candidate {
  return { id, role: 'vision', family: id, bytes: 100, fit: YES, goodAt: [], ...parts };
}

describe('what is recommended', () => {
  test('is three models at most, that see, and one judge', () => {
    const all = ['a', 'b', 'c', 'd'].map((id) => candidate(id));
    const judges = ['x', 'y'].map((id) => candidate(id, { role: 'judge' }));
    expect(recommend([...all, ...judges], 10_000)).toEqual({
      visionIds: ['a', 'b', 'c'],
      judgeId: 'x',
    });
  });

  test('is the same in whatever order the models come', () => {
    const all = ['b', 'd', 'a', 'c'].map((id) => candidate(id));
    expect(recommend(all, 10_000)).toEqual(recommend([...all].reverse(), 10_000));
  });

  test('covers what the others don’t do well, before size', () => {
    const all = [
      candidate('large', { bytes: 900, goodAt: ['detail', 'objects'] }),
      candidate('medium', { bytes: 800, goodAt: ['detail'] }),
      candidate('reader', { bytes: 50, goodAt: ['text'] }),
    ];
    expect(recommend(all, 4000).visionIds).toEqual(['large', 'reader', 'medium']);
  });

  test('takes another family before a larger brother', () => {
    const all = [
      candidate('one-2b', { family: 'one', bytes: 900 }),
      candidate('one-1b', { family: 'one', bytes: 800 }),
      candidate('two', { family: 'two', bytes: 100 }),
    ];
    expect(recommend(all, 4000).visionIds).toEqual(['one-2b', 'two', 'one-1b']);
  });

  test('leaves room for the judge, and stays within what there is', () => {
    const all = [
      candidate('too-large', { bytes: 800 }),
      candidate('fits', { bytes: 700 }),
      candidate('judge-large', { role: 'judge', bytes: 400 }),
      candidate('judge-small', { role: 'judge', bytes: 300 }),
    ];
    expect(recommend(all, 1000)).toEqual({ visionIds: ['fits'], judgeId: 'judge-small' });
  });

  test('never is what does not fit, and what may not only where nothing else is', () => {
    const all = [
      candidate('no', { fit: NO }),
      candidate('maybe', { fit: MAYBE, bytes: 900 }),
      candidate('yes'),
      candidate('judge', { role: 'judge', fit: MAYBE }),
    ];
    expect(recommend(all, 4000)).toEqual({ visionIds: ['yes'], judgeId: 'judge' });
    expect(recommend([candidate('no', { fit: NO })], 4000)).toEqual({
      visionIds: [],
      judgeId: null,
    });
  });
});

describe('the room for it', () => {
  const limits = (parts: Partial<DeviceLimits>): DeviceLimits => ({
    webgpu: { kind: 'none' },
    wasmHeapBytes: 4 * GIB,
    deviceMemoryBytes: null,
    freeBytes: null,
    ...parts,
  });

  test.each([
    ['wasm', {}, 1],
    ['webgpu', {}, 6],
    ['webgpu', { freeBytes: 4 * GIB }, 2],
    ['webgpu', { deviceMemoryBytes: 8 * GIB }, 4],
    ['wasm', { freeBytes: GIB, deviceMemoryBytes: 8 * GIB }, 0.5],
  ] as const)('on %s with %o is %d GiB', (device, parts, gib) => {
    expect(recommendedRoom(device, limits(parts))).toBe(gib * GIB);
  });
});
