import { afterEach, expect, test, vi } from 'vitest';
import { withLock } from '../../../src/storage/lock';

afterEach(() => void vi.unstubAllGlobals());

type Work = () => Promise<unknown>;
const locks = (request: (name: string, options: object, work: Work) => Promise<unknown>) =>
  vi.stubGlobal('navigator', { locks: { request } });
const work = () => Promise.resolve('done');
const fails = () => Promise.reject(new Error('of the work'));

test('works under the lock', async () => {
  const request = vi.fn((_name: string, _options: object, run: Work) => run());
  locks(request);
  expect(await withLock('a', work)).toBe('done');
  expect(request.mock.calls[0]![0]).toBe('a');
});

test.each([
  ['no navigator', undefined],
  ['none', {}],
  ['null', { locks: null }],
])('works without locks: %s', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);
  expect(await withLock('a', work)).toBe('done');
});

test('works where locks are denied, once', async () => {
  locks(() => Promise.reject(new DOMException('The request was denied.', 'SecurityError')));
  expect(await withLock('a', work)).toBe('done');
  locks((_name, _options, run) => run());
  const failing = vi.fn(fails);
  await expect(withLock('a', failing)).rejects.toThrow('of the work');
  expect(failing).toHaveBeenCalledTimes(1);
});

test('whoever stops waiting does not work', async () => {
  const stop = new AbortController();
  locks(() => {
    stop.abort();
    return Promise.reject(new DOMException('stopped', 'AbortError'));
  });
  const never = vi.fn(work);
  await expect(withLock('a', never, stop.signal)).rejects.toThrow('stopped');
  expect(never).not.toHaveBeenCalled();
});
