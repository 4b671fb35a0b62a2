import { createSHA256 } from 'hash-wasm';
import { AppError, type Reply } from '../../src/core/errors';
import type { InspectedImage, IntakeEngine } from '../../src/core/protocol';
import { imageHeader } from './image-header';
import { reply } from './reply';

const THUMBNAIL_EDGE_PX = 320;

/** Looks into files: what they really are, their hash, their size, a thumbnail. */
export class PictureIntake implements IntakeEngine {
  inspect(file: Blob): Promise<Reply<InspectedImage>> {
    return reply(async () => {
      if (file.size === 0) throw new AppError('image-empty');
      const { format } = imageHeader(await readBytes(file));
      const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
        (error: unknown) => {
          // The header was that of an image, so what follows it is missing or damaged.
          throw new AppError('image-truncated', String(error), { cause: error });
        },
      );
      try {
        return {
          sha256: await hashOf(file),
          format,
          bytes: file.size,
          widthPx: bitmap.width,
          heightPx: bitmap.height,
          thumbnail: await thumbnailOf(bitmap),
        };
      } finally {
        bitmap.close();
      }
    });
  }
}

async function readBytes(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new AppError('image-gone', String(error), { cause: error });
  }
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
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new AppError('out-of-memory', 'no 2d canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
}
