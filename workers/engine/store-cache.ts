import { savedFile } from '../../src/storage/weights';

interface CacheLike {
  match(key: string): Promise<Response | undefined>;
  put(): Promise<void>;
}

/**
 * The weight store as transformers.js's `env.customCache`. Keys are URLs or paths that end in
 * `<model id>/[resolve/<revision>/]<file>`; the revision in them is ignored, because the library asks for
 * some files at `main` even when a revision is pinned (transformers.js PR #1751).
 */
export function storeCache(model: {
  readonly modelId: string;
  readonly revision: string;
}): CacheLike {
  return {
    async match(key) {
      const path = pathOf(key, model.modelId);
      if (path === undefined) return undefined;
      const file = await savedFile(model.modelId, model.revision, path);
      if (file === undefined) return undefined;
      return new Response(file.stream, { headers: { 'content-length': String(file.bytes) } });
    },
    // The library must not store anything itself: it would hold a file in memory twice.
    put: () => Promise.resolve(),
  };
}

function pathOf(key: string, modelId: string): string | undefined {
  const at = key.indexOf(`${modelId}/`);
  if (at < 0) return undefined;
  return key.slice(at + modelId.length + 1).replace(/^resolve\/[^/]+\//u, '');
}
