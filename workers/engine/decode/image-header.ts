import { imageSize } from 'image-size';
import { AppError } from '../../../src/core/errors';
import { MAX_IMAGE_AREA_PX, MAX_IMAGE_EDGE_PX, type ImageFormat } from '../../../src/core/image';
import { asOrientation, isOnItsSide } from './orientation';

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
  /** Upright. Undefined where it stands elsewhere in the file (TIFF, HEIC). */
  readonly size: { readonly widthPx: number; readonly heightPx: number } | undefined;
}

/**
 * What the first bytes say, whatever the file's name is; nothing is decoded.
 * @throws AppError with the `image-…` code that says why the file can't be taken.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader {
  const brand = isoBrand(bytes);
  if (brand !== undefined && HEIC_BRANDS.has(brand)) return { format: 'heic', size: undefined };
  if (isTiff(bytes)) return { format: 'tiff', size: undefined };
  const { type, width, height, orientation } = measured(bytes);
  if (type === 'svg') throw new AppError('image-svg');
  const format = FORMATS[type ?? ''];
  if (format === undefined) throw new AppError('image-unsupported', type);
  refuseTooLarge(width, height);
  const isTurned = isOnItsSide(asOrientation(orientation));
  const [widthPx, heightPx] = isTurned ? [height, width] : [width, height];
  return { format, size: { widthPx, heightPx } };
}

/** @throws AppError `image-too-large` */
export function refuseTooLarge(width: number, height: number): void {
  if (Math.max(width, height) > MAX_IMAGE_EDGE_PX || width * height > MAX_IMAGE_AREA_PX)
    throw new AppError('image-too-large', `${String(width)} × ${String(height)} px`);
}

function measured(bytes: Uint8Array): ReturnType<typeof imageSize> {
  try {
    return imageSize(bytes);
  } catch (error) {
    const code = hasImageSignature(bytes) ? 'image-truncated' : 'image-not-an-image';
    throw new AppError(code, String(error), { cause: error });
  }
}

/** Either byte order, and BigTIFF. */
function isTiff(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  return ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(start);
}

/** Brands of HEIF files with HEVC pictures, which of the browsers Safari alone decodes (ISO/IEC 23008-12, annex B). */
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
