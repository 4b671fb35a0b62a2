import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PictureIntake } from '../../../../workers/engine/intake-engine';

const fixture = (name: string) =>
  new Blob([readFileSync(new URL(`../../../fixtures/images/${name}`, import.meta.url))]);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('PictureIntake', () => {
  test.each([
    ['empty.png', 'image-empty'],
    ['text.png', 'image-not-an-image'],
    ['truncated-header.jpg', 'image-truncated'],
    ['huge-20000x20000.png', 'image-too-large'],
    ['drawing.svg', 'image-svg'],
  ])('%s is answered with %s before anything is decoded', async (name, code) => {
    const decode = vi.fn();
    vi.stubGlobal('createImageBitmap', decode);
    expect(await new PictureIntake().inspect(fixture(name))).toMatchObject({
      ok: false,
      error: { code },
    });
    expect(decode).not.toHaveBeenCalled();
  });

  test('a picture that the browser can’t decode to its end is truncated', async () => {
    vi.stubGlobal('createImageBitmap', () =>
      Promise.reject(new DOMException('cut', 'InvalidStateError')),
    );
    expect(await new PictureIntake().inspect(fixture('truncated.jpg'))).toMatchObject({
      ok: false,
      error: { code: 'image-truncated' },
    });
  });

  test('a file that is gone from the disk is told so', async () => {
    const file = fixture('good-1x1.png');
    file.slice = () => {
      const part = new Blob();
      part.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
      return part;
    };
    expect(await new PictureIntake().inspect(file)).toMatchObject({
      ok: false,
      error: { code: 'image-gone' },
    });
  });

  test('the size is that of the turned picture, and the bitmap is closed', async () => {
    const bitmap = { width: 300, height: 451, close: vi.fn() };
    const decode = vi.fn(() => Promise.resolve(bitmap));
    vi.stubGlobal('createImageBitmap', decode);
    const sizes: number[][] = [];
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        constructor(width: number, height: number) {
          sizes.push([width, height]);
        }
        getContext = () => ({ drawImage: () => undefined });
        convertToBlob = () => Promise.resolve(new Blob(['thumbnail']));
      },
    );
    const answer = await new PictureIntake().inspect(fixture('exif-rotated.jpg'));
    expect(answer).toMatchObject({
      ok: true,
      value: { format: 'jpeg', widthPx: 300, heightPx: 451 },
    });
    expect(decode).toHaveBeenCalledWith(expect.anything(), { imageOrientation: 'from-image' });
    expect(sizes).toEqual([[213, 320]]);
    expect(bitmap.close).toHaveBeenCalledOnce();
  });
});
