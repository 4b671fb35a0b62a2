import { DynamicCache, type Tensor } from '@huggingface/transformers';

type Entries = Record<string, Tensor>;

/**
 * A fork of a KV cache without a copy: it starts with the tensors of `base` and never disposes them, so
 * that many generations can continue from one prefix. (DynamicCache.update replaces the tensors in place
 * and frees the old ones, which on WebGPU would free the prefix for all the others.)
 */
export function forkPrefix(base: DynamicCache): DynamicCache {
  const shared = entriesOf(base);
  const owned = new Set(Object.values(shared));
  const fork = new DynamicCache({ ...shared });
  const entries = fork as unknown as Entries;
  const release = (tensor: Tensor) => {
    if (tensor.location === 'gpu-buffer' && !owned.has(tensor)) tensor.dispose();
  };
  // Not enumerable: the library walks over the cache's enumerable properties and takes them for tensors.
  Object.defineProperties(fork, {
    update: {
      value: (next: Entries) => {
        for (const [name, tensor] of Object.entries(next)) {
          const old = entries[name];
          if (old !== undefined && old !== tensor) release(old);
          entries[name] = tensor;
        }
      },
    },
    dispose: {
      value: () => {
        for (const tensor of Object.values(entriesOf(fork))) release(tensor);
        return Promise.resolve();
      },
    },
  });
  return fork;
}

function entriesOf(cache: DynamicCache): Entries {
  return { ...(cache as unknown as Entries) };
}
