import { describe, expect, test } from 'vitest';
import { inOrder } from '../../../src/core/in-order';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function record() {
  const seen = { found: 0, leftOut: 0, atOnce: 0, most: 0, results: [] as number[] };
  const steps = {
    onFound: () => (seen.found += 1),
    onLeftOut: () => (seen.leftOut += 1),
    onResult: (result: number) => seen.results.push(result),
    work: async (item: number) => {
      seen.atOnce += 1;
      seen.most = Math.max(seen.most, seen.atOnce);
      // The first ones take longest.
      await later(20 - item);
      seen.atOnce -= 1;
      return item * 10;
    },
  };
  return { seen, steps };
}

const numbers = Array.from({ length: 12 }, (_, n) => n);
const never = () => new AbortController().signal;

describe('work on many items', () => {
  test('hands results on in the order of the items, with so many under way at most', async () => {
    const { seen, steps } = record();
    await inOrder(numbers, { atOnce: 3, signal: never() }, steps);
    expect(seen.results).toEqual(numbers.map((n) => n * 10));
    expect(seen).toMatchObject({ found: 12, leftOut: 0, most: 3 });
  });

  test('a slow listing does not hold up the work', async () => {
    const { seen, steps } = record();
    async function* slow() {
      yield 15;
      yield 16;
      await later(60);
      expect(seen.results).toEqual([150, 160]);
      yield 17;
    }
    await inOrder(slow(), { atOnce: 2, signal: never() }, steps);
    expect(seen.results).toEqual([150, 160, 170]);
  });

  test('stopped, it finishes what is under way and leaves out the rest', async () => {
    const { seen, steps } = record();
    const stop = new AbortController();
    const done = inOrder(
      numbers,
      { atOnce: 2, signal: stop.signal },
      {
        ...steps,
        onResult: (result) => {
          steps.onResult(result);
          stop.abort();
        },
      },
    );
    await done;
    expect(seen.results.length).toBeLessThan(5);
    expect(seen.results.length + seen.leftOut).toBe(12);
    expect(seen.atOnce).toBe(0);
  });

  test('where the listing fails, what it has listed is done before it says so', async () => {
    const { seen, steps } = record();
    function* broken() {
      yield 1;
      yield 2;
      throw new Error('the disk is gone');
    }
    await expect(inOrder(broken(), { atOnce: 1, signal: never() }, steps)).rejects.toThrow('disk');
    expect(seen.results).toEqual([10, 20]);
  });
});
