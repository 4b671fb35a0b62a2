import { RawImage } from '@huggingface/transformers';
import { AppError } from '../../src/core/errors';

/** Grey fill beside a picture that is not square: zero after normalisation with mean 0.5. */
const MARGIN = 'rgb(128 128 128)';
/** Behind transparent pixels. */
const PAPER = 'white';

/**
 * Decodes a picture (EXIF orientation applied) and fits it, whole and centred, into a square of
 * `edgePx` x `edgePx`, RGB. @throws AppError `image-truncated` when the browser can't decode it.
 */
export async function squarePicture(blob: Blob, edgePx: number): Promise<RawImage> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' }).catch(
    (error: unknown) => {
      throw new AppError('image-truncated', String(error), { cause: error });
    },
  );
  try {
    const canvas = new OffscreenCanvas(edgePx, edgePx);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new AppError('out-of-memory', 'no 2d canvas');
    const scale = edgePx / Math.max(bitmap.width, bitmap.height);
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const left = Math.floor((edgePx - width) / 2);
    const top = Math.floor((edgePx - height) / 2);
    context.imageSmoothingQuality = 'high';
    context.fillStyle = MARGIN;
    context.fillRect(0, 0, edgePx, edgePx);
    context.fillStyle = PAPER;
    context.fillRect(left, top, width, height);
    context.drawImage(bitmap, left, top, width, height);
    const { data } = context.getImageData(0, 0, edgePx, edgePx);
    return new RawImage(data, edgePx, edgePx, 4).rgb();
  } finally {
    bitmap.close();
  }
}
