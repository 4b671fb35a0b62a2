import { cellsOf, type Run } from '../core/run';
import { readEdit, saveEdit, savedEdits } from './edits';
import { savedImage, savedThumbnail, saveImage, saveThumbnail } from './images';
import { partsOfKey, readRecord, recordKeys, savedRecords, saveRecords } from './journal';
import { readRun, savedRun, saveRun } from './runs';

/** What a project file holds. Of one that was read nothing is understood yet: `restoreProject` checks every part. */
export interface ProjectData {
  readonly runs: readonly unknown[];
  /** Key and record of the journal. */
  readonly records: readonly (readonly [key: string, record: unknown])[];
  readonly edits: readonly (readonly [runId: string, imageId: string, edit: unknown])[];
  /** By SHA-256 of the picture. */
  readonly pictures: ReadonlyMap<string, Blob>;
  readonly thumbnails: ReadonlyMap<string, Blob>;
}

/** All that is kept of these runs, but the weights. */
export async function gatherProject(runs: readonly Run[]): Promise<ProjectData> {
  const cells = new Set<string>();
  const hashes = new Set<string>();
  const edits: [string, string, unknown][] = [];
  for (const run of runs) {
    for (const { key } of await cellsOf(run)) cells.add(key);
    for (const { sha256 } of run.images) hashes.add(sha256);
    const ids = run.images.map(({ id }) => id);
    for (const [imageId, edit] of await savedEdits(run.id, ids)) {
      edits.push([run.id, imageId, edit]);
    }
  }
  const keys = (await recordKeys()).filter((key) => {
    const { kind, sha256 } = partsOfKey(key);
    return kind === 'cell' ? cells.has(key) : hashes.has(sha256);
  });
  const found = await savedRecords(keys);
  const records = keys.flatMap((key, index) => {
    const record = found[index];
    return record === undefined ? [] : [[key, { version: 1, ...record }] as const];
  });
  return {
    runs: runs.map((run) => ({ version: 1, run })),
    records,
    edits,
    pictures: await blobs(hashes, savedImage),
    thumbnails: await blobs(hashes, savedThumbnail),
  };
}

async function blobs(
  hashes: ReadonlySet<string>,
  read: (sha256: string) => Promise<Blob | undefined>,
): Promise<ReadonlyMap<string, Blob>> {
  const found = new Map<string, Blob>();
  for (const sha256 of hashes) {
    const blob = await read(sha256);
    if (blob !== undefined) found.set(sha256, blob);
  }
  return found;
}

export interface Restored {
  readonly runs: readonly Run[];
  /** Parts that could not be understood. */
  readonly unreadable: number;
}

/**
 * Brings a project back. What is here already stays as it is: results under the same key are the same results, and an edit
 * or a run's name may have been changed since. The runs come last: what they name is then there.
 */
export async function restoreProject(data: ProjectData): Promise<Restored> {
  const runs = data.runs.map(readRun);
  const records = data.records.map(([key, value]) => [key, readRecord(value)] as const);
  const readable = records.flatMap(([key, record]) =>
    record === undefined ? [] : [[key, record] as const],
  );
  const here = await savedRecords(readable.map(([key]) => key));
  await saveRecords(readable.filter((_, index) => here[index] === undefined));
  for (const [sha256, blob] of data.pictures) {
    if ((await savedImage(sha256)) === undefined) await saveImage(sha256, blob);
  }
  for (const [sha256, blob] of data.thumbnails) {
    if ((await savedThumbnail(sha256)) === undefined) await saveThumbnail(sha256, blob);
  }
  let badEdits = 0;
  for (const [runId, imageId, value] of data.edits) {
    const edit = readEdit(value);
    if (edit === undefined) badEdits += 1;
    else if (!(await savedEdits(runId, [imageId])).has(imageId))
      await saveEdit(runId, imageId, edit);
  }
  const found = runs.filter((run) => run !== undefined);
  for (const run of found) if ((await savedRun(run.id)) === undefined) await saveRun(run);
  const unreadable = runs.length - found.length + (records.length - readable.length) + badEdits;
  return { runs: found, unreadable };
}
