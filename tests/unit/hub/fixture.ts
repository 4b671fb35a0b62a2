import { createHash } from 'node:crypto';

import { afterEach } from 'vitest';

import {
  buildRepo,
  HUB_GITATTRIBUTES,
  sparse,
  startHub,
  type Hub,
  type HubOptions,
} from '../../hub/index';

export const ID = 'owner/tiny';
export const SMALL = 'config.json';
export const LARGE = 'onnx/decoder_model_merged_q4.onnx';
export const LARGE_BYTES = 3_000_000;
export const CONFIG = JSON.stringify({ model_type: 'idefics3' });

const running: Hub[] = [];

afterEach(async () => {
  for (const hub of running.splice(0)) await hub.close();
});

export function tinyFiles() {
  return {
    '.gitattributes': HUB_GITATTRIBUTES,
    [SMALL]: CONFIG,
    'tokenizer.json': JSON.stringify(Array.from({ length: 400 }, (_, index) => `word ${index}`)),
    [LARGE]: sparse({ size: LARGE_BYTES, seed: 11 }),
  };
}

/** A hub that ends with the test; it serves `owner/tiny` and what is given. */
export async function startTestHub(options: HubOptions = {}): Promise<Hub> {
  const tiny = await buildRepo(ID, tinyFiles(), { license: 'mit' });
  const hub = await startHub({ ...options, repos: [tiny, ...(options.repos ?? [])] });
  running.push(hub);
  return hub;
}

export function resolveUrl(hub: Hub, file: string, id = ID, revision = 'main'): string {
  return `${hub.url}/${id}/resolve/${revision}/${file}`;
}

/** The bytes that a sparse file has there. */
export async function sparseBytes(size: number, seed: number, start: number, end: number) {
  const pieces: Uint8Array[] = [];
  for await (const piece of sparse({ size, seed }).read(start, end)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

/** What arrives of a body before its connection ends, and whether it ended as announced. */
export async function readBody(
  response: Response,
): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of response.body!) pieces.push(piece);
    return { bytes: new Uint8Array(Buffer.concat(pieces)), complete: true };
  } catch {
    return { bytes: new Uint8Array(Buffer.concat(pieces)), complete: false };
  }
}

/** By this long arrays are compared: element by element it takes seconds. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Node 20 has no Array.fromAsync. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
