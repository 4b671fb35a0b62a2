import { decodeHeic } from './heic';
import type { ImageHeader } from './image-header';
import { decodeNative } from './native';
import { asOrientation, upright, type Orientation } from './orientation';
import { decodeTiff, exifOrientation } from './tiff';

export interface DecodedPicture {
  /** Upright, its first frame. The caller closes it. */
  readonly bitmap: ImageBitmap;
  /** Browsers don't show the file, or not upright. */
  readonly isConverted: boolean;
}

/** Decodes a picture of any format that is taken. @throws AppError with the `image-…` code that says why it can't be */
export async function decodePicture(blob: Blob, header: ImageHeader): Promise<DecodedPicture> {
  switch (header.format) {
    case 'tiff': {
      const { pixels, orientation } = await decodeTiff(blob);
      return { bitmap: upright(await createImageBitmap(pixels), orientation), isConverted: true };
    }
    case 'heic':
      return { bitmap: await createImageBitmap(await decodeHeic(blob)), isConverted: true };
    case 'webp': {
      const bitmap = await decodeNative(blob, header);
      const orientation = await webpOrientation(blob);
      return { bitmap: upright(bitmap, orientation), isConverted: orientation !== 1 };
    }
    default:
      return { bitmap: await decodeNative(blob, header), isConverted: false };
  }
}

/** Big-endian. */
const FOUR_CC = { VP8X: 0x56503858, EXIF: 0x45584946, Exif: 0x45786966 } as const;

/** Browsers turn JPEG and PNG, but not WebP, which keeps EXIF in a chunk of its own (RFC 9649, 2.7.1.5). */
async function webpOrientation(blob: Blob): Promise<Orientation> {
  const view = new DataView(await blob.arrayBuffer());
  if (view.byteLength < 30 || view.getUint32(12) !== FOUR_CC.VP8X) return 1;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const length = view.getUint32(at + 4, true);
    if (view.getUint32(at) === FOUR_CC.EXIF) {
      const exif = view.buffer.slice(at + 8, at + 8 + length);
      return asOrientation(await exifOrientation(withoutMarker(exif)));
    }
    at += 8 + length + (length % 2);
  }
  return 1;
}

/** Some writers put JPEG's marker `Exif\0\0` before the block. */
function withoutMarker(exif: ArrayBuffer): ArrayBuffer {
  const isMarked = exif.byteLength > 6 && new DataView(exif).getUint32(0) === FOUR_CC.Exif;
  return isMarked ? exif.slice(6) : exif;
}
