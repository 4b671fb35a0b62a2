import { createSHA256 } from 'hash-wasm';
import { AppError, type Reply } from '../../src/core/errors';
import type { InspectedImage, IntakeEngine } from '../../src/core/protocol';
import { isAnimated } from './decode/animation';
import { canvasOf } from './decode/canvas';
import { decodePicture } from './decode/decode-picture';
import { headerOf } from './decode/native';
import type { ImageHeader } from './decode/image-header';
import { reply } from './reply';

const THUMBNAIL_EDGE_PX = 320;

/** Looks into files: what they really are, their hash, their size, a thumbnail. */
export class PictureIntake implements IntakeEngine {
  inspect(file: Blob): Promise<Reply<InspectedImage>> {
    return reply(async () => {
      if (file.size === 0) throw new AppError('image-empty');
      const { header, bytes } = await headerOf(file);
      const { bitmap, isConverted } = await decodePicture(file, header);
      try {
        return {
          sha256: await hashOf(file),
          format: header.format,
          bytes: file.size,
          ...sizeOf(bitmap, header),
          ...(isAnimated(bytes, header.format) ? { isAnimated: true as const } : {}),
          ...(isConverted ? { isConverted: true as const } : {}),
          thumbnail: await thumbnailOf(bitmap),
        };
      } finally {
        bitmap.close();
      }
    });
  }

  viewable(picture: Blob): Promise<Reply<Blob>> {
    return reply(async () => {
      const { header } = await headerOf(picture);
      const { bitmap } = await decodePicture(picture, header);
      const { canvas, context } = canvasOf(bitmap.width, bitmap.height);
      context.drawImage(bitmap, 0, 0);
      bitmap.close();
      return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
    });
  }
}

/** Of a picture that was made smaller only the header knows the size, and of one that is turned only the bitmap how it stands. */
function sizeOf({ width, height }: ImageBitmap, { size }: ImageHeader) {
  if (size === undefined || width * height === size.widthPx * size.heightPx)
    return { widthPx: width, heightPx: height };
  const stands = width >= height === size.widthPx >= size.heightPx;
  return stands ? size : { widthPx: size.heightPx, heightPx: size.widthPx };
}

async function hashOf(file: Blob): Promise<string> {
  const hash = await createSHA256();
  for await (const piece of file.stream()) hash.update(piece);
  return hash.digest('hex');
}

async function thumbnailOf(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL_EDGE_PX / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const { canvas, context } = canvasOf(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
}
