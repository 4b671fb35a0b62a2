import type { HeldFile } from '../../src/core/protocol';
import { savedFile } from '../../src/storage/weights';

interface CacheLike {
  match(key: string): Promise<Response | undefined>;
  put(): Promise<void>;
}

/** Whose files, and the files themselves where they could not be stored. */
export interface CachedModel {
  readonly modelId: string;
  readonly revision: string;
  readonly held?: readonly HeldFile[];
}

/**
 * The weight store as transformers.js's `env.customCache`. Keys are URLs or paths that end in
 * `<model id>/[resolve/<revision>/]<file>`; the revision in them is ignored, because the library asks for
 * some files at `main` even when a revision is pinned (transformers.js PR #1751).
 */
export function storeCache(model: CachedModel): CacheLike {
  return {
    async match(key) {
      const path = pathOf(key, model.modelId);
      if (path === undefined) return undefined;
      const held = model.held?.find((file) => file.path === path)?.blob;
      if (held !== undefined) return answer(held.size, held.stream(), () => held.arrayBuffer());
      // What is held is held whole, because nothing could be stored: what is not among it is nowhere.
      if (model.held !== undefined) return undefined;
      const file = await savedFile(model.modelId, model.revision, path);
      if (file === undefined) return undefined;
      return answer(file.bytes, file.stream, () => file.arrayBuffer());
    },
    // The library must not store anything itself: it would hold a file in memory twice.
    put: () => Promise.resolve(),
  };
}

/** A response whose buffer is filled from the store: a browser can't make one of 2 GB and more of a stream. */
function answer(
  bytes: number,
  stream: ReadableStream<Uint8Array>,
  arrayBuffer: () => Promise<ArrayBuffer>,
): Response {
  const response = new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>, {
    headers: { 'content-length': String(bytes) },
  });
  return Object.defineProperty(response, 'arrayBuffer', { value: arrayBuffer });
}

function pathOf(key: string, modelId: string): string | undefined {
  const at = key.indexOf(`${modelId}/`);
  if (at < 0) return undefined;
  return key.slice(at + modelId.length + 1).replace(/^resolve\/[^/]+\//u, '');
}
