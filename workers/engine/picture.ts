import { RawImage } from '@huggingface/transformers';
import { canvasOf } from './decode/canvas';
import { decodeNative, headerOf } from './decode/native';
import type { PictureFit } from '../../src/core/protocol';

/** Grey fill beside a picture that is not square: zero after normalisation with mean 0.5. */
const MARGIN = 'rgb(128 128 128)';
/** Behind transparent pixels. */
const PAPER = 'white';
/** Qwen's processor refuses 200 and more, others lose the short side altogether. */
const MAX_ASPECT = 50;

/** The same fit, with at most so many pixels. */
export function withLimit(fit: PictureFit, maxPixels = Infinity): PictureFit {
  return fit.kind === 'square'
    ? { ...fit, edgePx: Math.min(fit.edgePx, Math.max(1, Math.floor(Math.sqrt(maxPixels)))) }
    : { ...fit, maxPixels: Math.min(fit.maxPixels, maxPixels) };
}

/** A picture as a family wants it, RGB. @throws AppError `image-truncated` when the browser can't decode it. */
export function fittedPicture(blob: Blob, fit: PictureFit): Promise<RawImage> {
  return fit.kind === 'square'
    ? squarePicture(blob, fit.edgePx)
    : wholePicture(blob, fit.maxPixels);
}

/**
 * Decodes a picture (EXIF orientation applied) and fits it, whole and centred, into a square of
 * `edgePx` x `edgePx`, RGB. @throws AppError `image-truncated` when the browser can't decode it.
 */
export function squarePicture(blob: Blob, edgePx: number): Promise<RawImage> {
  return drawn(blob, ({ width, height }) => {
    const scale = edgePx / Math.max(width, height);
    return { scale, canvasWidth: edgePx, canvasHeight: edgePx };
  });
}

/**
 * Decodes a picture and keeps its shape; one with more than `maxPixels` is made smaller. Strips narrower than
 * 1 to MAX_ASPECT get margins: processors fail on what is left of them.
 */
export function wholePicture(blob: Blob, maxPixels: number): Promise<RawImage> {
  return drawn(blob, ({ width, height }) => {
    const least = Math.ceil(Math.max(width, height) / MAX_ASPECT);
    const [wide, high] = [Math.max(width, least), Math.max(height, least)];
    const scale = Math.min(1, Math.sqrt(maxPixels / (wide * high)));
    const scaled = (px: number) => Math.max(1, Math.round(px * scale));
    return { scale, canvasWidth: scaled(wide), canvasHeight: scaled(high) };
  });
}

interface Placement {
  readonly scale: number;
  readonly canvasWidth: number;
  readonly canvasHeight: number;
}

/** The picture, scaled, in the middle of a canvas. */
async function drawn(blob: Blob, place: (bitmap: ImageBitmap) => Placement): Promise<RawImage> {
  const bitmap = await decodeNative(blob, (await headerOf(blob)).header);
  try {
    const { scale, canvasWidth, canvasHeight } = place(bitmap);
    const { context } = canvasOf(canvasWidth, canvasHeight, { willReadFrequently: true });
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const left = Math.floor((canvasWidth - width) / 2);
    const top = Math.floor((canvasHeight - height) / 2);
    context.imageSmoothingQuality = 'high';
    context.fillStyle = MARGIN;
    context.fillRect(0, 0, canvasWidth, canvasHeight);
    context.fillStyle = PAPER;
    context.fillRect(left, top, width, height);
    context.drawImage(bitmap, left, top, width, height);
    const { data } = context.getImageData(0, 0, canvasWidth, canvasHeight);
    return new RawImage(data, canvasWidth, canvasHeight, 4).rgb();
  } finally {
    bitmap.close();
  }
}
