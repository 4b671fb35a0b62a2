import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export interface PngOptions {
  /** Another picture for each. */
  seed: number;
  width?: number;
  height?: number;
  /** Fills the file up to this size, in a chunk that viewers pass over: real pictures are larger than drawn ones. */
  fillTo?: number;
  /** A text chunk: the same picture in other bytes. */
  comment?: string;
}

/** A picture that follows from its seed: a disc before a gradient. */
export function png({
  seed,
  width = 96,
  height = 48,
  fillTo = 0,
  comment,
}: PngOptions): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', header)];
  if (comment !== undefined)
    chunks.push(chunk('tEXt', Buffer.from(`Comment\0${comment}`, 'latin1')));
  chunks.push(chunk('IDAT', deflateSync(pixels(seed, width, height), { level: 1 })));
  const end = chunk('IEND', Buffer.alloc(0));
  const size = [SIGNATURE, ...chunks, end].reduce((sum, part) => sum + part.length, 0);
  // Private, ancillary and safe to copy, as the case of its letters says.
  if (size + 12 < fillTo) chunks.push(chunk('fiLl', noise(seed, fillTo - size - 12)));
  return new Uint8Array(Buffer.concat([SIGNATURE, ...chunks, end]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function pixels(seed: number, width: number, height: number): Buffer {
  const row = 1 + width * 3;
  const out = Buffer.alloc(row * height);
  const [hue, x0, y0] = [seed * 47, (seed * 61) % width, (seed * 37) % height];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = Math.hypot(x - x0, y - y0) < height / 3;
      const at = y * row + 1 + x * 3;
      out[at] = inside ? 240 : (hue + (x * 90) / width) & 255;
      out[at + 1] = inside ? (hue * 3) & 255 : (hue * 5 + (y * 90) / height) & 255;
      // The seed itself, so that no two pictures are the same.
      out[at + 2] = y === 0 && x < 4 ? (seed >>> (8 * x)) & 255 : (hue * 11) & 255;
    }
  }
  return out;
}

let tile: Uint8Array | undefined;

/** Does not compress away; cut from one tile, because only its length matters. */
function noise(seed: number, length: number): Uint8Array {
  if (tile === undefined || tile.length < length + 4096) {
    tile = new Uint8Array(length + 65_536);
    let state = 0x9e3779b9;
    for (let index = 0; index < tile.length; index += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      tile[index] = state & 255;
    }
  }
  return tile.subarray(seed % 4096, (seed % 4096) + length);
}
