import { AppError } from '../../../src/core/errors';

/** @throws AppError `out-of-memory` where the browser gives none of this size. */
export function canvasOf(
  width: number,
  height: number,
  settings?: { readonly willReadFrequently: boolean },
): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', settings);
  if (context === null) throw new AppError('out-of-memory', 'no 2d canvas');
  return { canvas, context };
}
