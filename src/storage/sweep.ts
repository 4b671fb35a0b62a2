import { delMany, keys } from 'idb-keyval';
import { cellsOf, type Run } from '../core/run';
import { asStorageError, store } from './db';
import { forgetEdits } from './edits';
import { partsOfKey, recordKeys } from './journal';

const journal = store('journal');
const images = store('images');
const thumbnails = store('thumbnails');

/** What is needed: by these runs, and the pictures that are in the set-up. */
export interface Needed {
  readonly runs: readonly Run[];
  /** SHA-256 of pictures that no run needs to have; null: pictures are on their way in, so none is deleted. */
  readonly images: readonly string[] | null;
}

/**
 * Deletes results, edits and copies of pictures that nobody needs any more. Checks and verdicts of a picture go with the last run
 * that has the picture; descriptions with the last run that has their cell.
 */
export async function sweep(needed: Needed): Promise<void> {
  const kept = new Set(needed.images ?? []);
  const inRuns = new Set<string>();
  const cells = new Set<string>();
  for (const run of needed.runs) {
    for (const { sha256 } of run.images) {
      inRuns.add(sha256);
      kept.add(sha256);
    }
    for (const { key } of await cellsOf(run)) cells.add(key);
  }
  try {
    const records = (await recordKeys()).filter((key) => {
      const { kind, sha256 } = partsOfKey(key);
      return kind === 'cell' ? !cells.has(key) : !inRuns.has(sha256);
    });
    await delMany(records, journal);
    await forgetEdits(new Set(needed.runs.map(({ id }) => id)));
    if (needed.images === null) return;
    for (const target of [images, thumbnails]) {
      const gone = (await keys<string>(target)).filter((sha256) => !kept.has(sha256));
      await delMany(gone, target);
    }
  } catch (error) {
    throw asStorageError(error);
  }
}
