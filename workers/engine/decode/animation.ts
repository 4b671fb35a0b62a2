import type { ImageFormat } from '../../../src/core/image';

/** Whether a picture has more than one frame, by its structure alone. */
export function isAnimated(bytes: Uint8Array, format: ImageFormat): boolean {
  if (format === 'gif') return hasSecondFrame(bytes);
  if (format === 'png') return isApng(bytes);
  if (format === 'webp') return isAnimatedWebp(bytes);
  return format === 'avif' && textAt(bytes, 8, 4) === 'avis';
}

/** An `acTL` chunk before the pixels (https://www.w3.org/TR/png-3/#acTL-chunk). */
function isApng(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let at = 8; at + 8 <= bytes.length;) {
    const type = textAt(bytes, at + 4, 4);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}

/** The animation flag of the extended header (RFC 9649, 2.7.1). */
function isAnimatedWebp(bytes: Uint8Array): boolean {
  return textAt(bytes, 12, 4) === 'VP8X' && ((bytes[20] ?? 0) & 0b10) !== 0;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;

/** More than one image descriptor (https://www.w3.org/Graphics/GIF/spec-gif89a.txt). */
function hasSecondFrame(bytes: Uint8Array): boolean {
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  let frames = 0;
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === IMAGE) {
      frames += 1;
      if (frames > 1) return true;
      // Descriptor, its colour table, the code size; sub-blocks follow.
      at = afterSubBlocks(bytes, at + 11 + colourTableBytes(bytes[at + 9] ?? 0));
    } else if (block === EXTENSION) at = afterSubBlocks(bytes, at + 2);
    else return false;
  }
  return false;
}

function colourTableBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

function afterSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let length = bytes[at]; length !== undefined; length = bytes[at]) {
    at += 1 + length;
    if (length === 0) break;
  }
  return at;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
