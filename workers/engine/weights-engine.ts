import { createSHA256 } from 'hash-wasm';
import { AppError, type Reply } from '../../src/core/errors';
import type { EnsureRequest, OnBytes, WeightsEngine } from '../../src/core/protocol';
import type { ModelFile } from '../../src/models/spec';
import {
  CHUNK_BYTES,
  forgetOtherRevisions,
  hasFile,
  saveChunk,
  saveFileRecord,
} from '../../src/storage/weights';
import { reply } from './reply';

/** Fetches the files that are missing, one chunk in memory at a time, and checks their hash. */
export class WeightStore implements WeightsEngine {
  ensure(
    request: EnsureRequest,
    onBytes: OnBytes,
  ): Promise<Reply<{ readonly fetchedBytes: number }>> {
    const { modelId, revision } = request;
    return reply(() =>
      // Two tabs that want one model fetch it once: the second waits and then finds it stored.
      navigator.locks.request(`weights ${modelId}@${revision}`, async () => {
        const missing: ModelFile[] = [];
        for (const file of request.files) {
          if (!(await hasFile(modelId, revision, file))) missing.push(file);
        }
        let fetchedBytes = 0;
        for (const file of missing) {
          const before = fetchedBytes;
          fetchedBytes += await fetchFile(request, file, (bytes) => {
            onBytes(before + bytes);
          });
        }
        if (missing.length > 0) await forgetOtherRevisions(modelId, revision);
        return { fetchedBytes };
      }),
    );
  }
}

async function fetchFile(
  { modelId, revision, baseUrl }: EnsureRequest,
  file: ModelFile,
  onBytes: OnBytes,
): Promise<number> {
  const body = await openFile(`${baseUrl}/${file.path}`);
  const hash = await createSHA256();
  const chunk = new ChunkWriter((index, data) =>
    saveChunk(modelId, revision, file.path, index, data),
  );
  let bytes = 0;
  for await (const piece of body) {
    hash.update(piece);
    await chunk.write(piece);
    bytes += piece.byteLength;
    onBytes(bytes);
  }
  await chunk.end();
  const sha256 = hash.digest('hex');
  if (sha256 !== file.sha256) {
    throw new AppError('weights-corrupt', `${file.path}: expected ${file.sha256}, got ${sha256}`);
  }
  await saveFileRecord(modelId, revision, file);
  return bytes;
}

async function openFile(url: string): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new AppError('network', url, { cause: error });
  });
  if (!response.ok || response.body === null) {
    throw new AppError('network', `${url}: ${String(response.status)}`);
  }
  return response.body;
}

/** Cuts a stream of pieces into chunks of CHUNK_BYTES; the last one is shorter. */
class ChunkWriter {
  readonly #save: (index: number, data: Uint8Array) => Promise<void>;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #index = 0;

  constructor(save: (index: number, data: Uint8Array) => Promise<void>) {
    this.#save = save;
  }

  async write(piece: Uint8Array): Promise<void> {
    let rest = piece;
    while (this.#bytes + rest.byteLength >= CHUNK_BYTES) {
      const fits = CHUNK_BYTES - this.#bytes;
      this.#push(rest.subarray(0, fits));
      await this.#flush();
      rest = rest.subarray(fits);
    }
    if (rest.byteLength > 0) this.#push(rest);
  }

  async end(): Promise<void> {
    if (this.#bytes > 0) await this.#flush();
  }

  #push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bytes += piece.byteLength;
  }

  async #flush(): Promise<void> {
    const data = new Uint8Array(this.#bytes);
    let at = 0;
    for (const piece of this.#pieces) {
      data.set(piece, at);
      at += piece.byteLength;
    }
    await this.#save(this.#index, data);
    this.#index += 1;
    this.#pieces = [];
    this.#bytes = 0;
  }
}
