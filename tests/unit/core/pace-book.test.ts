import { expect, test } from 'vitest';
import { expectedMs, withPace } from '../../../src/core/pace-book';

const model = (id: string, precision = 'q8') => ({ id, revision: 'r', precision });
const choices = {
  models: [model('a'), model('b')],
  judge: model('j'),
  judgeMode: 'verify',
  device: 'wasm',
  threads: 2,
} as const;
const measured = { units: 10, elapsedMs: 5000 };

test('what was measured is expected again, of the same models in any order', () => {
  const book = withPace({}, choices, measured);
  expect(expectedMs(book, choices, 30)).toBe(15_000);
  expect(expectedMs(book, { ...choices, models: [model('b'), model('a')] }, 2)).toBe(1000);
});

test.each([
  ['another model', { ...choices, models: [model('a')] }],
  ['another precision', { ...choices, models: [model('a', 'q4'), model('b')] }],
  ['no judge', { ...choices, judge: null }],
  ['another device', { ...choices, device: 'webgpu' }],
] as const)('of %s nothing is known', (_, other) => {
  expect(expectedMs(withPace({}, choices, measured), other, 30)).toBeNull();
});

test('a few units say nothing, and only the newest combinations are remembered', () => {
  expect(withPace({}, choices, { units: 3, elapsedMs: 5000 })).toEqual({});
  let book = withPace({}, choices, measured);
  for (let threads = 3; threads < 40; threads += 1)
    book = withPace(book, { ...choices, threads }, measured);
  expect(Object.keys(book)).toHaveLength(24);
  expect(expectedMs(book, choices, 1)).toBeNull();
  expect(expectedMs(book, { ...choices, threads: 39 }, 1)).toBe(500);
});
