import type { HeifPixels, Libheif } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import { AppError } from '../../../src/core/errors';
import { refuseTooLarge } from './image-header';

let loaded: Promise<Libheif> | undefined;

/** libheif (LGPL-3.0), a file of its own, fetched with the first such picture. */
function libheif(): Promise<Libheif> {
  loaded ??= import('libheif-js/libheif-wasm/libheif-bundle.mjs').then(({ default: create }) =>
    create(),
  );
  return loaded;
}

/** The primary picture of a HEIC file, upright. @throws AppError `image-truncated` */
export async function decodeHeic(blob: Blob): Promise<ImageData> {
  const { HeifDecoder } = await libheif();
  const images = new HeifDecoder().decode(new Uint8Array(await blob.arrayBuffer()));
  try {
    const image = images.find((one) => one.is_primary?.() === true) ?? images[0];
    if (image === undefined) throw new AppError('image-truncated', 'no picture in it');
    const [width, height] = [image.get_width(), image.get_height()];
    refuseTooLarge(width, height);
    const data = new Uint8ClampedArray(width * height * 4);
    const filled = await new Promise<HeifPixels | null>((resolve) => {
      image.display({ data, width, height }, resolve);
    });
    if (filled === null) throw new AppError('image-truncated', 'libheif could not decode it');
    return new ImageData(data, width, height);
  } finally {
    for (const image of images) image.free();
  }
}
