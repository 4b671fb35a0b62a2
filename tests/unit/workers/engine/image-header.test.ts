import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../../src/core/errors';
import { MAX_IMAGE_AREA_PX, MAX_IMAGE_EDGE_PX } from '../../../../src/core/image';
import { imageHeader } from '../../../../workers/engine/decode/image-header';

const FOLDER = new URL('../../../fixtures/images/', import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, FOLDER)));

const BAD: readonly (readonly [file: string, code: ErrorCode])[] = [
  ['empty.png', 'image-not-an-image'], // the intake says `image-empty` before it looks inside
  ['text.png', 'image-not-an-image'],
  ['truncated-header.jpg', 'image-truncated'],
  ['truncated-header.png', 'image-truncated'],
  ['huge-20000x20000.png', 'image-too-large'],
  ['drawing.svg', 'image-svg'],
];

const GOOD: readonly (readonly [
  file: string,
  format: string,
  widthPx: number,
  heightPx: number,
])[] = [
  ['good-1x1.png', 'png', 1, 1],
  ['good-32x32.png', 'png', 32, 32],
  ['good.gif', 'gif', 2, 1],
  ['good.webp', 'webp', 1, 1],
  ['good.bmp', 'bmp', 1, 1],
  ['good.avif', 'avif', 60, 40],
  ['animated.gif', 'gif', 60, 40],
  ['animated.webp', 'webp', 60, 40],
  ['animated.png', 'png', 60, 40],
  ['cmyk.jpg', 'jpeg', 120, 80],
  ['sixteen-bit.png', 'png', 30, 20],
  ['hundred-megapixels.png', 'png', 10_000, 10_000],
  // Upright.
  ['exif-rotated.jpg', 'jpeg', 300, 451],
  // Only the bitmap is turned.
  ['exif-rotated.webp', 'webp', 60, 40],
  ['wrong-extension.jpg', 'png', 32, 32],
  // Their headers are whole: decoding finds out.
  ['truncated.jpg', 'jpeg', 451, 300],
  ['truncated.webp', 'webp', 120, 80],
  ['truncated.png', 'png', 32, 32],
];

/** Their sizes stand elsewhere in the file. */
const SIZE_LATER: readonly (readonly [file: string, format: string])[] = [
  ['photo.heic', 'heic'],
  ['truncated.heic', 'heic'],
  ...['lzw', 'rotated', 'cmyk', 'jpeg', 'palette', 'sixteen-bit', 'fax', 'truncated'].map(
    (name) => [`${name}.tif`, 'tiff'] as const,
  ),
];

/** A PNG header of any size. */
function pngOf(width: number, height: number): Uint8Array {
  const bytes = bytesOf('good-1x1.png').slice();
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

describe('imageHeader', () => {
  test.each(BAD)('%s is refused with %s', (file, code) => {
    expect(() => imageHeader(bytesOf(file))).toThrow(expect.objectContaining({ code }));
  });

  test.each(GOOD)('%s is a %s of %i x %i px', (file, format, widthPx, heightPx) => {
    expect(imageHeader(bytesOf(file))).toEqual({ format, size: { widthPx, heightPx } });
  });

  test.each(SIZE_LATER)('%s is a %s', (file, format) => {
    expect(imageHeader(bytesOf(file))).toEqual({ format, size: undefined });
  });

  test('every fixture is in one of the tables', () => {
    const named = [...BAD, ...GOOD, ...SIZE_LATER].map(([file]) => file);
    expect(named.sort()).toEqual(readdirSync(FOLDER).sort());
  });

  test.each([
    [MAX_IMAGE_EDGE_PX, 1, true],
    [MAX_IMAGE_EDGE_PX + 1, 1, false],
    [1, MAX_IMAGE_EDGE_PX + 1, false],
    [10_000, MAX_IMAGE_AREA_PX / 10_000, true],
    [10_000, MAX_IMAGE_AREA_PX / 10_000 + 1, false],
  ])('%i x %i px is taken: %s', (width, height, taken) => {
    const read = () => imageHeader(pngOf(width, height)).size?.widthPx;
    if (taken) expect(read()).toBe(width);
    else expect(read).toThrow(expect.objectContaining({ code: 'image-too-large' }));
  });

  test.each(['heix', 'mif1', 'hevc'])('the brand %s is HEIC', (brand) => {
    const bytes = bytesOf('photo.heic').slice();
    bytes.set(Buffer.from(brand), 8);
    expect(imageHeader(bytes).format).toBe('heic');
  });

  test('an image that no browser shows is refused by name', () => {
    const psd = new Uint8Array(30);
    psd.set(Buffer.from('8BPS\0\x01'));
    expect(() => imageHeader(psd)).toThrow(
      expect.objectContaining({ code: 'image-unsupported', detail: 'psd' }),
    );
  });
});
