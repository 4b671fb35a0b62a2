import { toErrorData, type ErrorData } from '../core/errors';
import { fileSourceKey, type ImageItem } from '../core/image';
import type { InspectedImage } from '../core/protocol';
import { saveImage, saveThumbnail } from '../storage/images';

/** Something that may become an image: a file, an entry of an archive, a row of a dataset, a sample. */
export interface Candidate {
  /** Its source key: path, size and time of a file, place in a dataset. */
  readonly id: string;
  readonly name: string;
  readonly source: ImageItem['source'];
  /** Its bytes; called once. @throws AppError */
  open(): Promise<Blob>;
  /** What somebody else says it shows. */
  readonly reference?: string;
  /** The text file beside it that says so. */
  readonly sidecar?: { readonly name: string; text(): Promise<string | undefined> };
}

export type IntakeResult =
  | { readonly kind: 'image'; readonly image: ImageItem }
  | {
      readonly kind: 'refused';
      readonly id: string;
      readonly name: string;
      readonly error: ErrorData;
    };

/** A file that nothing else could bring back: it is copied. */
export function fileCandidate(file: File): Candidate {
  return {
    id: fileSourceKey(file),
    name: file.name,
    source: { kind: 'copy' },
    open: () => Promise.resolve(file),
  };
}

/**
 * Looks into a candidate; a good one's thumbnail, and its bytes where nothing else could bring them back, are on disk before it
 * is returned, so that a reload brings it back. A bad one is an answer, not an exception.
 */
export async function takeIn(
  candidate: Candidate,
  inspect: (blob: Blob) => Promise<InspectedImage>,
): Promise<IntakeResult> {
  const { id, name, source, sidecar } = candidate;
  try {
    const blob = await candidate.open();
    const { thumbnail, ...facts } = await inspect(blob);
    if (source.kind === 'copy') await saveImage(facts.sha256, blob);
    await saveThumbnail(facts.sha256, thumbnail);
    const image: ImageItem = { id, name, source, addedAt: Date.now(), ...facts };
    const text = await sidecar?.text();
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
