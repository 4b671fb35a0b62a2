import { canvasOf } from './canvas';

/** How a picture is turned before it is looked at: EXIF 2.32, tag 274. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export function asOrientation(value: unknown): Orientation {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 8
    ? (value as Orientation)
    : 1;
}

/** Whether width and height change places. */
export function isOnItsSide(orientation: Orientation): boolean {
  return orientation >= 5;
}

/** The columns a, b, c, d, e, f of the matrix that turns a picture of this size upright, as `setTransform` takes them. */
export function uprightMatrix(orientation: Orientation, width: number, height: number) {
  const matrices: Readonly<Record<Orientation, readonly number[]>> = {
    1: [1, 0, 0, 1, 0, 0],
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  };
  return matrices[orientation] as [number, number, number, number, number, number];
}

/** The picture turned upright; the one that was given is closed. */
export function upright(bitmap: ImageBitmap, orientation: Orientation): ImageBitmap {
  if (orientation === 1) return bitmap;
  const { width, height } = bitmap;
  const isTurned = isOnItsSide(orientation);
  const { canvas, context } = canvasOf(isTurned ? height : width, isTurned ? width : height);
  context.setTransform(...uprightMatrix(orientation, width, height));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}
