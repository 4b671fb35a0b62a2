import type { DatasetPlace } from '../core/dataset-place';
import { AppError } from '../core/errors';
import type { ImageItem, KeptFile } from '../core/image';
import { savedImage } from '../storage/images';
import { fetchSampleImage } from './samples';

/** What reads the bytes that this app keeps no copy of. @throws AppError */
export interface BytesPorts {
  /** The file below a folder whose handle is kept. */
  folderFile(kept: KeptFile, image: ImageItem): Promise<Blob>;
  /** The entry of a ZIP whose handle is kept. */
  archiveEntry(kept: KeptFile, image: ImageItem): Promise<Blob>;
  /** @param sha256 of the picture as it was added: the dataset may have changed since */
  datasetImage(place: DatasetPlace, sha256: string): Promise<Blob>;
}

/** Reads the bytes of an image from where its source says. @throws AppError */
export type ReadImage = (image: ImageItem) => Promise<Blob>;

export function imageReader(ports: BytesPorts): ReadImage {
  return async (image) => {
    const { source, sha256, name } = image;
    switch (source.kind) {
      case 'sample':
        return fetchSampleImage(source.file);
      case 'folder':
        return ports.folderFile(source, image);
      case 'archive':
        return ports.archiveEntry(source, image);
      case 'dataset':
        return ports.datasetImage(source.place, sha256);
      case 'copy': {
        const blob = await savedImage(sha256);
        if (blob === undefined) throw new AppError('image-gone', name);
        return blob;
      }
    }
  };
}
