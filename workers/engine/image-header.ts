import { imageSize } from 'image-size';
import { AppError } from '../../src/core/errors';
import { MAX_IMAGE_AREA_PX, MAX_IMAGE_EDGE_PX, type ImageFormat } from '../../src/core/image';

/** image-size's name of a type -> ours. */
const FORMATS: Readonly<Record<string, ImageFormat>> = {
  png: 'png',
  jpg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  bmp: 'bmp',
  avif: 'avif',
};

export interface ImageHeader {
  readonly format: ImageFormat;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * What the first bytes say, whatever the file's name is; nothing is decoded.
 * @throws AppError with the `image-…` code that says why the file can't be taken.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader {
  const { type, width, height } = measured(bytes);
  if (type === 'svg') throw new AppError('image-svg');
  if (type === 'heic' || type === 'heif') throw new AppError('image-heic');
  const format = FORMATS[type];
  if (format === undefined) throw new AppError('image-unsupported', type);
  if (Math.max(width, height) > MAX_IMAGE_EDGE_PX || width * height > MAX_IMAGE_AREA_PX) {
    throw new AppError('image-too-large', `${String(width)} × ${String(height)} px`);
  }
  return { format, widthPx: width, heightPx: height };
}

function measured(bytes: Uint8Array): { type: string; width: number; height: number } {
  const brand = isoBrand(bytes);
  if (brand !== undefined && HEIC_BRANDS.has(brand)) return { type: 'heic', width: 0, height: 0 };
  try {
    const { type, width, height } = imageSize(bytes);
    return { type: type ?? '', width, height };
  } catch (error) {
    throw new AppError(
      hasImageSignature(bytes) ? 'image-truncated' : 'image-not-an-image',
      String(error),
      {
        cause: error,
      },
    );
  }
}

/** Brands of HEIF files with HEVC pictures, which no browser but Safari decodes (ISO/IEC 23008-12, annex B). */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** The major brand of an ISO base media file, where the bytes are one. */
function isoBrand(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(4, 12));
  return text.startsWith('ftyp') ? text.slice(4) : undefined;
}

/** A cut file can lose the part with its size and still be an image by its first bytes. */
function hasImageSignature(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  return (
    start.startsWith('\xff\xd8\xff') || start === '\x89PNG' || start === 'RIFF' || start === 'GIF8'
  );
}
