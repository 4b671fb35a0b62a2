import { describe, expect, test } from 'vitest';
import { nextRate, overall, progressWith, type RateSample } from '../../../src/core/download';

const fetching = (bytes: number, totalBytes: number) => ({
  bytes,
  totalBytes,
  phase: { kind: 'fetching' } as const,
});

/** The rate after bytes that came at a steady speed, told every 250 ms. */
function steady(bytesPerSecond: number, seconds: number, from?: RateSample): RateSample {
  let sample = from;
  const startMs = from?.atMs ?? 0;
  const startBytes = from?.bytes ?? 0;
  for (let ms = 0; ms <= seconds * 1000; ms += 250) {
    sample = nextRate(sample, startBytes + (bytesPerSecond * ms) / 1000, startMs + ms);
  }
  return sample!;
}

describe('nextRate', () => {
  test('knows nothing of the first sample', () => {
    expect(nextRate(undefined, 500, 0).bytesPerSecond).toBeNull();
  });

  test('of a steady download is its speed', () => {
    expect(steady(1e6, 3).bytesPerSecond).toBeCloseTo(1e6);
  });

  test('follows a change within some seconds, not at once', () => {
    const before = steady(1e6, 10);
    const after = steady(2e6, 1, before).bytesPerSecond!;
    expect(after).toBeGreaterThan(1.1e6);
    expect(after).toBeLessThan(1.5e6);
    expect(steady(2e6, 20, before).bytesPerSecond).toBeGreaterThan(1.95e6);
  });

  test('does not take samples for a speed that are too close together', () => {
    const before = steady(1e6, 2);
    expect(nextRate(before, before.bytes + 1e9, before.atMs + 10)).toBe(before);
  });

  test('bytes that are thrown away do not make it negative', () => {
    const before = steady(1e6, 2);
    const after = nextRate(before, 0, before.atMs + 1000);
    expect(after.bytesPerSecond).toBe(before.bytesPerSecond);
    expect(nextRate(after, 1e6, after.atMs + 1000).bytesPerSecond).toBeCloseTo(1e6);
  });

  test('falls when nothing comes', () => {
    const before = steady(1e6, 5);
    expect(nextRate(before, before.bytes, before.atMs + 8000).bytesPerSecond).toBeLessThan(2e5);
  });
});

describe('time left', () => {
  test.each([
    [0, 100, 10, 10],
    [100, 100, 10, 0],
    [0, 100, null, null],
    [0, 100, 0, null],
  ])('%d of %d bytes at %s', (bytes, total, rate, seconds) => {
    expect(progressWith(fetching(bytes, total), rate).secondsLeft).toBe(seconds);
  });

  test('of several is that of their sum', () => {
    const one = progressWith(fetching(0, 100), 10);
    const other = progressWith(fetching(50, 300), null);
    expect(overall([one, other])).toEqual({
      bytes: 50,
      totalBytes: 400,
      bytesPerSecond: 10,
      secondsLeft: 35,
    });
    expect(overall([])).toEqual({ bytes: 0, totalBytes: 0, bytesPerSecond: null, secondsLeft: 0 });
  });
});
