import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isAnimated } from '../../../../workers/engine/decode/animation';
import { asOrientation, uprightMatrix } from '../../../../workers/engine/decode/orientation';
import { exifOrientation } from '../../../../workers/engine/decode/tiff';

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/images/${name}`, import.meta.url)));

test.each([
  ['animated.gif', 'gif', true],
  ['animated.png', 'png', true],
  ['animated.webp', 'webp', true],
  ['good.gif', 'gif', false],
  ['good-32x32.png', 'png', false],
  ['good.webp', 'webp', false],
  ['exif-rotated.webp', 'webp', false],
  ['good.avif', 'avif', false],
  ['cmyk.jpg', 'jpeg', false],
] as const)('%s (%s) moves: %s', (file, format, moves) => {
  expect(isAnimated(bytesOf(file), format)).toBe(moves);
});

test('a file that is cut anywhere is no endless search', () => {
  for (const [file, format] of [
    ['animated.gif', 'gif'],
    ['animated.png', 'png'],
  ] as const) {
    const bytes = bytesOf(file);
    for (let length = 0; length < 400; length += 1)
      expect(typeof isAnimated(bytes.subarray(0, length), format)).toBe('boolean');
  }
});

describe('orientation', () => {
  test('is that of the EXIF block, and upright where there is none that can be read', async () => {
    const tiff = bytesOf('rotated.tif');
    expect(await exifOrientation(tiff.buffer)).toBe(6);
    expect(await exifOrientation(new ArrayBuffer(4))).toBe(1);
    expect([0, 9, 2.5, 'x', undefined, 8].map(asOrientation)).toEqual([1, 1, 1, 1, 1, 8]);
  });

  test.each([
    [1, [0, 0]],
    [2, [40, 0]],
    [3, [40, 20]],
    [4, [0, 20]],
    [5, [0, 0]],
    [6, [20, 0]],
    [7, [20, 40]],
    [8, [0, 40]],
  ] as const)('%i brings the stored upper left corner to %j of a 40 x 20 picture', (value, at) => {
    const [, , , , e, f] = uprightMatrix(value, 40, 20);
    expect([e, f]).toEqual(at);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)('%i keeps the picture on its canvas', (value) => {
    const [a, b, c, d, e, f] = uprightMatrix(value, 40, 20);
    const [width, height] = value >= 5 ? [20, 40] : [40, 20];
    for (const [x, y] of [
      [0, 0],
      [40, 20],
    ] as const) {
      const [px, py] = [a * x + c * y + e, b * x + d * y + f];
      expect([0, width]).toContain(px);
      expect([0, height]).toContain(py);
    }
  });
});
