import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SILENCE_MS, whileHeard } from '../../../../src/engine/runner/silence';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const silent = () => new Promise<never>(() => undefined);

test('a worker that is not heard of for too long counts as dead', async () => {
  const call = whileHeard(SILENCE_MS.look, silent);
  const failed = expect(call).rejects.toMatchObject({ code: 'worker-silent' });
  await vi.advanceTimersByTimeAsync(SILENCE_MS.look);
  await failed;
});

test('after the first sign the limit is that between tokens', async () => {
  let heard: (limitMs: number) => void = () => undefined;
  const call = whileHeard(SILENCE_MS.look, (sign) => {
    heard = sign;
    return silent();
  });
  const failed = expect(call).rejects.toMatchObject({ code: 'worker-silent' });
  await vi.advanceTimersByTimeAsync(200_000);
  heard(SILENCE_MS.token);
  await vi.advanceTimersByTimeAsync(SILENCE_MS.token);
  await failed;
});

test('a slow one gets more time', async () => {
  let heard: (limitMs: number) => void = () => undefined;
  let end: (text: string) => void = () => undefined;
  const call = whileHeard(SILENCE_MS.look, (sign) => {
    heard = sign;
    return new Promise<string>((resolve) => (end = resolve));
  });
  heard(SILENCE_MS.token);
  await vi.advanceTimersByTimeAsync(30_000);
  heard(SILENCE_MS.token);
  await vi.advanceTimersByTimeAsync(500_000);
  end('slow');
  expect(await call).toBe('slow');
  expect(vi.getTimerCount()).toBe(0);
});

test('what fails fails as it is', async () => {
  await expect(whileHeard(1000, () => Promise.reject(new Error('own')))).rejects.toThrow('own');
  expect(vi.getTimerCount()).toBe(0);
});
