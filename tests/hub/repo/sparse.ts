import { setImmediate } from 'node:timers/promises';

import type { Content } from './content';

const TILE_BYTES = 1024 * 1024;
const PAGE_BYTES = 4096;

/**
 * A file of any size that is nowhere stored: its bytes follow from the seed and the offset. Every page of 4 KiB carries
 * its own number, so that a chunk put in the wrong place is a different file.
 */
export function sparse({ size, seed }: { size: number; seed: number }): Content {
  const noise = noiseTile(seed);
  return {
    size,
    async *read(start, end) {
      let position = start;
      while (position < end) {
        const tile = Math.floor(position / TILE_BYTES);
        const from = position - tile * TILE_BYTES;
        const to = Math.min(TILE_BYTES, end - tile * TILE_BYTES);
        yield numbered(noise, tile).subarray(from, to);
        position += to - from;
        // A digest of gigabytes must not keep the server from answering.
        await setImmediate();
      }
    },
  };
}

/** xorshift32; the quality of the noise does not matter, only that it does not compress away. */
function noiseTile(seed: number): Uint8Array {
  const words = new Uint32Array(TILE_BYTES / 4);
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer);
}

function numbered(noise: Uint8Array, tile: number): Uint8Array {
  const bytes = noise.slice();
  const view = new DataView(bytes.buffer);
  const firstPage = tile * (TILE_BYTES / PAGE_BYTES);
  for (let page = 0; page < TILE_BYTES / PAGE_BYTES; page++) {
    view.setUint32(page * PAGE_BYTES, firstPage + page, true);
  }
  return bytes;
}
