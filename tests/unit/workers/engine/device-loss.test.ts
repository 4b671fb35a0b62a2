import { describe, expect, test } from 'vitest';
import { DeviceLoss } from '../../../../workers/engine/device-loss';

function device() {
  let lose: (info: { reason: 'unknown' | 'destroyed'; message: string }) => void = () => undefined;
  const lost = new Promise<{ reason: 'unknown' | 'destroyed'; message: string }>((resolve) => {
    lose = resolve;
  });
  return { lost, lose };
}

describe('a device that is lost', () => {
  test('ends the call that would never end', async () => {
    const loss = new DeviceLoss();
    const gpu = device();
    loss.watch(gpu);
    const call = loss.whileThere(() => new Promise<never>(() => undefined));
    gpu.lose({ reason: 'unknown', message: 'the driver was reset' });
    await expect(call).rejects.toMatchObject({
      code: 'device-lost',
      detail: 'unknown: the driver was reset',
    });
  });

  test('is not there for any later call, whose work is not begun', async () => {
    const loss = new DeviceLoss();
    const gpu = device();
    loss.watch(gpu);
    gpu.lose({ reason: 'destroyed', message: '' });
    await gpu.lost;
    let begun = false;
    const call = loss.whileThere(() => {
      begun = true;
      return Promise.resolve();
    });
    await expect(call).rejects.toMatchObject({ code: 'device-lost', detail: 'destroyed' });
    expect(begun).toBe(false);
    expect(loss.error?.code).toBe('device-lost');
  });
});

describe('while it is there', () => {
  test('calls end as they end', async () => {
    const loss = new DeviceLoss();
    loss.watch(device());
    expect(await loss.whileThere(() => Promise.resolve(1))).toBe(1);
    await expect(loss.whileThere(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    const thrown = () => {
      throw new Error('at once');
    };
    await expect(loss.whileThere(thrown)).rejects.toThrow('at once');
    expect(loss.error).toBeUndefined();
  });
});
