import { toErrorData, type ErrorData } from '../core/errors';
import { fileSourceKey, type ImageItem } from '../core/image';
import type { InspectedImage } from '../core/protocol';
import { sidecarText, type FileWithSidecar } from './sidecars';
import { saveImage, saveThumbnail } from '../storage/images';

/** Something that may become an image: a file from a picker, a drop, the clipboard, or a sample. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly blob: Blob;
  readonly source: ImageItem['source'];
  readonly reference?: string;
  readonly sidecar?: File;
}

export type IntakeResult =
  | { readonly kind: 'image'; readonly image: ImageItem }
  | {
      readonly kind: 'refused';
      readonly id: string;
      readonly name: string;
      readonly error: ErrorData;
    };

export function fileCandidate({ file, sidecar }: FileWithSidecar): Candidate {
  return {
    id: fileSourceKey(file),
    name: file.name,
    blob: file,
    source: { kind: 'copy' },
    ...(sidecar === undefined ? {} : { sidecar }),
  };
}

/**
 * Looks into a candidate; a good one's bytes and thumbnail are on disk before it is returned, so that a
 * reload brings it back. A bad one is an answer, not an exception.
 */
export async function takeIn(
  candidate: Candidate,
  inspect: (blob: Blob) => Promise<InspectedImage>,
): Promise<IntakeResult> {
  const { id, name, blob, source, sidecar } = candidate;
  try {
    const { thumbnail, ...facts } = await inspect(blob);
    if (source.kind === 'copy') await saveImage(facts.sha256, blob);
    await saveThumbnail(facts.sha256, thumbnail);
    const image: ImageItem = { id, name, source, addedAt: Date.now(), ...facts };
    const text = sidecar && (await sidecarText(sidecar));
    const reference = text ?? candidate.reference;
    return {
      kind: 'image',
      image: {
        ...image,
        ...(reference === undefined ? {} : { reference }),
        ...(sidecar === undefined || text === undefined ? {} : { sidecar: sidecar.name }),
      },
    };
  } catch (error) {
    return { kind: 'refused', id, name, error: toErrorData(error) };
  }
}
