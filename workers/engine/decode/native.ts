import { AppError } from '../../../src/core/errors';
import { imageHeader, type ImageHeader } from './image-header';

/** Decoded whole up to this area; larger ones are made smaller while they are decoded: four bytes a pixel add up. */
export const MAX_DECODED_AREA_PX = 24_000_000;

/**
 * Decodes what the browser decodes by itself, its first frame; one with more than MAX_DECODED_AREA_PX comes smaller, in its
 * shape. JPEG and PNG come upright, WebP does not. The caller closes the bitmap.
 * @throws AppError `image-truncated`
 */
export function decodeNative(blob: Blob, { size }: ImageHeader): Promise<ImageBitmap> {
  const options = { imageOrientation: 'from-image', ...smaller(size) } as const;
  return createImageBitmap(blob, options).catch((error: unknown) => {
    // The header was that of an image, so what follows it is missing or damaged.
    throw new AppError('image-truncated', String(error), { cause: error });
  });
}

function smaller(size: ImageHeader['size']): ImageBitmapOptions {
  if (size === undefined) return {};
  const scale = Math.sqrt(MAX_DECODED_AREA_PX / (size.widthPx * size.heightPx));
  if (scale >= 1) return {};
  // The height follows, in the shape of the upright picture.
  return { resizeWidth: Math.max(1, Math.floor(size.widthPx * scale)), resizeQuality: 'high' };
}

/** Enough for the header of almost any picture. */
const HEAD_BYTES = 1 << 20;

/**
 * What a file is, and its bytes as far as they were read for that.
 * @throws AppError with the `image-…` code that says why it can't be taken
 */
export async function headerOf(blob: Blob): Promise<{ header: ImageHeader; bytes: Uint8Array }> {
  const bytes = await firstBytes(blob, HEAD_BYTES);
  try {
    return { header: imageHeader(bytes), bytes };
  } catch (error) {
    const isCut = error instanceof AppError && error.code === 'image-truncated';
    if (!isCut || blob.size <= HEAD_BYTES) throw error;
    const whole = await firstBytes(blob, blob.size);
    return { header: imageHeader(whole), bytes: whole };
  }
}

async function firstBytes(blob: Blob, count: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(0, count).arrayBuffer());
  } catch (error) {
    throw new AppError('image-gone', String(error), { cause: error });
  }
}
