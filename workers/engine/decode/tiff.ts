import type { GeoTIFF, GeoTIFFImage, TypedArrayWithDimensions } from 'geotiff';
import { AppError } from '../../../src/core/errors';
import { refuseTooLarge } from './image-header';
import { asOrientation, type Orientation } from './orientation';

/** The tag of EXIF, which is TIFF. */
const ORIENTATION = 274;

async function opened(bytes: ArrayBuffer): Promise<GeoTIFF> {
  const { fromArrayBuffer } = await import('geotiff');
  return fromArrayBuffer(bytes);
}

/** What an EXIF block says; upright where it says nothing that can be read. */
export async function exifOrientation(exif: ArrayBuffer): Promise<Orientation> {
  try {
    const directory = await (await opened(exif)).requestIFD(0);
    return asOrientation(await directory.loadValue(ORIENTATION));
  } catch {
    return 1;
  }
}

/**
 * The first page of a TIFF (8 or 16 bits a sample; grey, RGB, palette, CMYK, YCbCr, Lab), 8 bits a sample, and how it is turned.
 * @throws AppError `image-truncated`, or `image-unsupported` where it is packed in a way that the library does not know
 */
export async function decodeTiff(
  blob: Blob,
): Promise<{ pixels: ImageData; orientation: Orientation }> {
  try {
    const image = await (await opened(await blob.arrayBuffer())).getImage();
    const [width, height] = [image.getWidth(), image.getHeight()];
    refuseTooLarge(width, height);
    const samples = await image.readRGB({ interleave: true });
    const pixels = new ImageData(rgba(samples, image, width * height), width, height);
    const orientation = asOrientation(await image.fileDirectory.loadValue(ORIENTATION));
    return { pixels, orientation };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isUnknown = /compression|unsupported|photometric|bits? ?per ?sample/iu.test(
      String(error),
    );
    throw new AppError(isUnknown ? 'image-unsupported' : 'image-truncated', String(error), {
      cause: error,
    });
  }
}

/** @returns `count` pixels of four samples, opaque */
function rgba(
  samples: TypedArrayWithDimensions,
  image: GeoTIFFImage,
  count: number,
): Uint8ClampedArray<ArrayBuffer> {
  const bits = image.getBitsPerSample();
  // Grey and palettes come as bytes already.
  const isWide = samples instanceof Uint16Array;
  if (bits > 16) throw new AppError('image-unsupported', `${String(bits)} bits a sample`);
  const perPixel = Math.round(samples.length / count);
  const out = new Uint8ClampedArray(count * 4);
  for (let pixel = 0; pixel < count; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const value = Number(samples[pixel * perPixel + channel]);
      out[pixel * 4 + channel] = isWide ? value / 257 : value;
    }
    out[pixel * 4 + 3] = 255;
  }
  return out;
}
