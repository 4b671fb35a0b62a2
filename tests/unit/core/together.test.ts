import { describe, expect, test } from 'vitest';
import { togetherOf } from '../../../src/core/together';
import { workingBytes } from '../../../src/core/working-memory';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

describe('what may be in memory at the same time', () => {
  test('the small models that come with the app: all, on the smallest machine that browsers name', () => {
    expect(togetherOf([9 * MIB, 10 * MIB, 9 * MIB], 3 * MIB, 2 * GIB)).toBe('all');
  });

  test.each([
    ['all that fits into half of the memory', [1 * GIB, 1 * GIB], 1 * GIB, 8 * GIB, 'all'],
    ['models, the judge after them', [1 * GIB, 1 * GIB], 3 * GIB, 8 * GIB, 'models'],
    ['one after the other', [3 * GIB, 3 * GIB], null, 8 * GIB, 'one'],
    ['a single one, whatever its size, before the judge', [7 * GIB], 1 * GIB, 8 * GIB, 'models'],
    ['what is likely where the browser does not tell', [1 * GIB, 1 * GIB], null, null, 'all'],
    ['and what is not', [3 * GIB, 3 * GIB], 1 * GIB, null, 'one'],
  ] as const)('%s', (_, models, judge, memory, expected) => {
    expect(togetherOf(models, judge, memory)).toBe(expected);
  });
});

describe('what a model works in beside its weights', () => {
  const shape = { cachePerToken: 1000, imageTokens: 400, encoderScores: 1e6 };
  const decode = { maxNewTokens: 144 };

  test('two caches of picture, prompt and answer, and twice the scores of the encoder', () => {
    expect(workingBytes(shape, decode, 4)).toBe(4 * (2 * 800 * 1000 + 2e6));
    expect(workingBytes(shape, decode, 2)).toBe(2 * (2 * 800 * 1000 + 2e6));
  });

  test('a longer answer takes more; nothing is known of a model without a shape', () => {
    const longer = workingBytes(shape, { maxNewTokens: 1144 }, 4);
    expect(longer - workingBytes(shape, decode, 4)).toBe(4 * 2 * 1000 * 1000);
    expect(workingBytes(undefined, decode, 4)).toBe(0);
  });

  test('a limit on the picture takes less, where the picture’s size decides, and never more', () => {
    const grid = { ...shape, imagePixels: 1000 };
    const half = workingBytes(grid, { ...decode, maxImagePixels: 500 }, 1);
    expect(half).toBe(2 * 600 * 1000 + 0.5 * 1e6);
    const larger = workingBytes(grid, { ...decode, maxImagePixels: 5000 }, 1);
    expect(larger).toBe(workingBytes(grid, decode, 1));
    expect(workingBytes(shape, { ...decode, maxImagePixels: 1 }, 1)).toBe(
      workingBytes(shape, decode, 1),
    );
  });
});
