import { AppError } from '../core/errors';
import type { ImageItem } from '../core/image';
import { savedImage } from '../storage/images';
import { fetchSampleImage } from './samples';

/** The bytes of an image, from where its source says. @throws AppError `image-gone` or `network` */
export async function imageBytes(image: ImageItem): Promise<Blob> {
  if (image.source.kind === 'sample') return fetchSampleImage(image.source.file);
  const blob = await savedImage(image.sha256);
  if (blob === undefined) throw new AppError('image-gone', image.name);
  return blob;
}
