import { createHash } from 'node:crypto';

/** The bytes of a file, wherever they are; a part of them can be read without the rest. */
export interface Content {
  /** In bytes. */
  readonly size: number;
  /** Bytes `start` to `end` (exclusive), in pieces of any length. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** What a file of a repository can be given as; a string is UTF-8. */
export type FileSource = string | Uint8Array | Content;

export function toContent(source: FileSource): Content {
  if (typeof source === 'string') return bytesContent(new TextEncoder().encode(source));
  return source instanceof Uint8Array ? bytesContent(source) : source;
}

export function bytesContent(bytes: Uint8Array): Content {
  return {
    size: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- an async generator because other contents wait
    async *read(start, end) {
      yield bytes.subarray(start, end);
    },
  };
}

/** All bytes at once: for files that git holds itself, which are small. */
export async function readAll(content: Content): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content.read(0, content.size)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Lower-case hex of the SHA-256, computed piece by piece. */
export async function sha256Of(content: Content): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of content.read(0, content.size)) hash.update(piece);
  return hash.digest('hex');
}
