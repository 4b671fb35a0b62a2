import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { freshStorage } from './fresh';

interface Dump {
  readonly version: number;
  readonly stores: Readonly<Record<string, readonly (readonly [string, unknown])[]>>;
}

/** Bytes were written as `{ $bytes: base64 }`. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value)
    return Uint8Array.from(atob(String(value.$bytes)), (c) => c.charCodeAt(0)).buffer;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revived(part)]));
}

/** Puts a database on the disk as a version of the app left it. */
async function restore(file: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../fixtures/database/${file}`, import.meta.url));
  const { version, stores } = JSON.parse(readFileSync(path, 'utf8')) as Dump;
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('vlm-image-analysis', version);
    request.onupgradeneeded = () => {
      for (const name of Object.keys(stores)) request.result.createObjectStore(name);
    };
    request.onerror = () => reject(new Error('no database'));
    request.onsuccess = () => {
      const transaction = request.result.transaction(Object.keys(stores), 'readwrite');
      for (const [name, rows] of Object.entries(stores)) {
        for (const [key, value] of rows) transaction.objectStore(name).put(revived(value), key);
      }
      transaction.oncomplete = () => {
        request.result.close();
        resolve();
      };
    };
  });
}

beforeEach(freshStorage);

/**
 * The first was dumped from the app of that schema after a run of one picture, one model and one prompt; the second is the same
 * opened by the app of the next schema, and its verdict edited; the third has the list of pictures in blocks and a model of the Hub.
 */
test.each([
  ['v1.json', 0, 0],
  ['v2.json', 1, 0],
  ['v3.json', 1, 1],
])(
  'the database of %s opens: its run, results, pictures, settings, %d edits and %d models',
  async (file, edits, models) => {
    await restore(file);
    const { savedRuns } = await import('../../../src/storage/runs');
    const { savedEdits } = await import('../../../src/storage/edits');
    const { savedSettings } = await import('../../../src/storage/settings');
    const { savedImageList } = await import('../../../src/storage/image-list');
    const { savedThumbnail } = await import('../../../src/storage/images');
    const { savedRecords } = await import('../../../src/storage/journal');
    const { cellsOf } = await import('../../../src/core/run');
    const [run] = await savedRuns();
    const [image] = await savedImageList();
    const [cell] = await cellsOf(run!);
    const [record] = await savedRecords([cell!.key]);
    expect(record).toMatchObject({
      kind: 'description',
      description: { text: expect.stringMatching(/sign/u) as string },
    });
    expect(image).toMatchObject({ name: 'A sign in German' });
    expect((await savedThumbnail(image!.sha256))!.size).toBeGreaterThan(100);
    expect(await savedSettings()).toMatchObject({ runId: run!.id, promptIds: ['objects'] });
    expect((await savedEdits(run!.id, [image!.id])).size).toBe(edits);
    const { savedModelSpecs } = await import('../../../src/storage/models');
    expect(await savedModelSpecs()).toHaveLength(models);
    const { savedHandles } = await import('../../../src/storage/handles');
    expect(await savedHandles()).toEqual([]);
  },
);
