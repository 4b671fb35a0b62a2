import { delMany, keys } from 'idb-keyval';
import { handleIdsOf, type ImageItem } from '../core/image';
import { cellsOf, type Run } from '../core/run';
import { asStorageError, store } from './db';
import { editKey } from './edits';
import { forgetHandles, savedHandles } from './handles';
import { savedImageList } from './image-list';
import { forgetRecords, partsOfKey, recordKeys } from './journal';
import { hasUnreadableRuns, savedRuns } from './runs';

/** What is needed: by these runs, and the pictures that are in the set-up. */
export interface Needed {
  readonly runs: readonly Run[];
  /** SHA-256 of pictures that no run needs to have; null: pictures are on their way in, so none is deleted. */
  readonly images: readonly string[] | null;
}

/** Keys by the store they are in. */
export type KeysByStore = Readonly<
  Record<'journal' | 'edits' | 'images' | 'thumbnails', readonly string[]>
>;

const NOTHING: KeysByStore = { journal: [], edits: [], images: [], thumbnails: [] };

/**
 * Results, edits and copies of pictures that nobody needs any more. Checks and verdicts of a picture go with the last run
 * that has the picture; descriptions with the last run that has their cell. Where a run can't be understood (a newer version
 * wrote it) nobody knows what it needs: then everything is needed.
 */
export async function unneeded(needed: Needed): Promise<KeysByStore> {
  const kept = new Set(needed.images ?? []);
  const inRuns = new Set<string>();
  const cells = new Set<string>();
  const edits = new Set<string>();
  for (const run of needed.runs) {
    for (const { id, sha256 } of run.images) {
      inRuns.add(sha256);
      kept.add(sha256);
      edits.add(editKey(run.id, id));
    }
    for (const { key } of await cellsOf(run)) cells.add(key);
  }
  try {
    if (await hasUnreadableRuns()) return NOTHING;
    const blobs = async (name: 'images' | 'thumbnails') =>
      needed.images === null
        ? []
        : (await keys<string>(store(name))).filter((sha256) => !kept.has(sha256));
    return {
      journal: (await recordKeys()).filter((key) => {
        const { kind, sha256 } = partsOfKey(key);
        return kind === 'cell' ? !cells.has(key) : !inRuns.has(sha256);
      }),
      edits: (await keys<string>(store('edits'))).filter((key) => !edits.has(key)),
      images: await blobs('images'),
      thumbnails: await blobs('thumbnails'),
    };
  } catch (error) {
    throw asStorageError(error);
  }
}

/**
 * Deletes what nobody needs any more.
 * @param stillNeeded asked again before pictures go: others may have come in since `needed` was put together
 * @param isSame whether the runs are still those that `needed` knows: another one may need what they do not
 */
export async function sweep(
  needed: Needed,
  stillNeeded: () => readonly string[] | null = () => needed.images,
  isSame: () => boolean = () => true,
): Promise<void> {
  const gone = await unneeded(needed);
  if (!isSame()) return;
  try {
    await forgetRecords(gone.journal);
    await delMany([...gone.edits], store('edits'));
    const images = stillNeeded();
    if (images === null) return;
    const kept = new Set(images);
    for (const name of ['images', 'thumbnails'] as const) {
      const hashes = gone[name].filter((sha256) => !kept.has(sha256));
      await delMany(hashes, store(name));
    }
  } catch (error) {
    throw asStorageError(error);
  }
}

/**
 * Forgets the folders and ZIPs that no picture of a run or of a set-up is read from any more. Runs and the kept list are asked on
 * the disk: another tab may have added to them.
 * @param shown the pictures of this tab, also those that may come back by undo; null: some are on their way in, nothing is done
 * @throws AppError
 */
export async function sweepHandles(shown: readonly ImageItem[] | null): Promise<void> {
  if (shown === null) return;
  const kept = await savedHandles();
  if (kept.length === 0 || (await hasUnreadableRuns())) return;
  const inRuns = (await savedRuns()).flatMap(({ images }) => images);
  const needed = handleIdsOf([...shown, ...inRuns, ...(await savedImageList())]);
  await forgetHandles(kept.map(({ id }) => id).filter((id) => !needed.has(id)));
}
