import { DynamicCache, Tensor } from '@huggingface/transformers';
import { describe, expect, type Mock, test, vi } from 'vitest';
import { forkPrefix } from '../../../../workers/engine/prefix-cache';

interface FakeTensor {
  readonly location: string;
  readonly dispose: Mock;
}

/** What the library takes for a tensor: it says where it lies and notes whether it was freed. */
function tensor(location = 'gpu-buffer'): FakeTensor {
  return Object.create(Tensor.prototype, {
    location: { value: location },
    dispose: { value: vi.fn() },
  }) as FakeTensor;
}

const asTensors = (entries: Record<string, FakeTensor>) =>
  entries as unknown as Record<string, Tensor>;
const cacheOf = (entries: Record<string, FakeTensor>) => new DynamicCache(asTensors(entries));
const update = (cache: DynamicCache, entries: Record<string, FakeTensor>) => {
  cache.update(asTensors(entries));
};
const entry = (cache: DynamicCache, name: string) =>
  (cache as unknown as Record<string, FakeTensor>)[name];

describe('forkPrefix', () => {
  test('starts with the tensors of the prefix', () => {
    const key = tensor();
    expect(entry(forkPrefix(cacheOf({ key })), 'key')).toBe(key);
  });

  test('never frees the prefix, and leaves the base as it was', async () => {
    const key = tensor();
    const base = cacheOf({ key });
    const fork = forkPrefix(base);
    update(fork, { key: tensor() });
    await fork.dispose();
    expect(key.dispose).not.toHaveBeenCalled();
    expect(entry(base, 'key')).toBe(key);
  });

  test('frees its own tensors when they are replaced, and at the end', async () => {
    const [first, second] = [tensor(), tensor()];
    const fork = forkPrefix(cacheOf({ key: tensor() }));
    update(fork, { key: first });
    update(fork, { key: second });
    expect(first.dispose).toHaveBeenCalledOnce();
    expect(second.dispose).not.toHaveBeenCalled();
    await fork.dispose();
    expect(second.dispose).toHaveBeenCalledOnce();
  });

  test('keeps a tensor that comes back unchanged', () => {
    const own = tensor();
    const fork = forkPrefix(cacheOf({ key: tensor() }));
    update(fork, { key: own });
    update(fork, { key: own });
    expect(own.dispose).not.toHaveBeenCalled();
  });

  test('leaves tensors on the CPU to the garbage collector', () => {
    const own = tensor('cpu');
    const fork = forkPrefix(cacheOf({ key: tensor() }));
    update(fork, { key: own });
    update(fork, { key: tensor() });
    expect(own.dispose).not.toHaveBeenCalled();
  });

  test('shows the library nothing but tensors', () => {
    expect(Object.keys(forkPrefix(cacheOf({ key: tensor() })))).toEqual(['key']);
  });
});
