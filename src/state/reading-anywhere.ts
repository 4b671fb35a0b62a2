import { toErrorData } from '../core/errors';
import type { ImageItem } from '../core/image';
import type { ReadImage } from '../sources/image-bytes';
import type { AccessState } from './access.svelte';
import type { ImagesState } from './images.svelte';

/**
 * Reads the bytes of a picture. One whose folder or ZIP is not to be had may have been added again from another place: a run that
 * had it before reads it from there.
 */
export function readingAnywhere(
  read: ReadImage,
  parts: { readonly access: AccessState; readonly images: ImagesState },
): ReadImage {
  return async (image) => {
    try {
      return await read(image);
    } catch (error) {
      const { access, images } = parts;
      // Withdrawn while the page was open: now it can be given again.
      if (toErrorData(error).code === 'source-permission' && !access.isLocked([image]))
        await access.look();
      const now = images.items.find(({ sha256 }) => sha256 === image.sha256);
      if (now === undefined || isSameSource(now.source, image.source)) throw error;
      return read(now);
    }
  };
}

const isSameSource = (a: ImageItem['source'], b: ImageItem['source']): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
