import { afterEach, describe, expect, test, vi } from 'vitest';
import { askPersistence, storageReport } from '../../../src/storage/quota';

afterEach(() => {
  vi.unstubAllGlobals();
});

const storage = (parts: object) => vi.stubGlobal('navigator', { storage: parts });

describe('storage of the browser', () => {
  test('is reported with its quota', async () => {
    storage({
      estimate: () => Promise.resolve({ usage: 5, quota: 50 }),
      persisted: () => Promise.resolve(true),
    });
    expect(await storageReport()).toEqual({ usedBytes: 5, quotaBytes: 50, persisted: true });
  });

  test('is null where it is blocked', async () => {
    storage({ estimate: () => Promise.reject(new TypeError('blocked')) });
    expect(await storageReport()).toBeNull();
  });

  test.each([
    [true, () => Promise.resolve(true)],
    [false, () => Promise.resolve(false)],
    [false, () => Promise.reject(new TypeError('blocked'))],
    [false, undefined],
  ])('is kept: %s', async (kept, persist) => {
    storage({ persist });
    expect(await askPersistence()).toBe(kept);
  });
});
