import JSZip from 'jszip';
import { beforeEach, describe, expect, test } from 'vitest';
import { UNEDITED, withText } from '../../../src/core/edit';
import { cellsOf } from '../../../src/core/run';
import { image, run as runOf } from '../engine/runner/fake-ports';
import { freshStorage } from './fresh';

const HASH = 'a'.repeat(64);
const PICTURE = { ...image('a'), sha256: HASH };

async function modules() {
  return {
    ...(await import('../../../src/storage/project')),
    ...(await import('../../../src/storage/runs')),
    ...(await import('../../../src/storage/edits')),
    ...(await import('../../../src/storage/images')),
    ...(await import('../../../src/storage/journal')),
    ...(await import('../../../src/exports/project-file')),
  };
}

/** A disk with one run: four descriptions, a check, an edit, a picture. */
async function keptRun() {
  const storage = await modules();
  const run = runOf({ name: 'Mine', images: [PICTURE] });
  const keys = (await cellsOf(run)).map(({ key }) => key);
  const description = {
    text: 'A cat.',
    device: 'wasm' as const,
    timings: { lookMs: 1, generateMs: 1, newTokens: 1 },
    finishedAt: 1,
    cutOff: false,
  };
  await storage.saveRecords(keys.map((key) => [key, { kind: 'description', description }]));
  await storage.saveRecord(`check|${HASH}|m|r|q8|h`, { kind: 'check', yes: 0.5 });
  await storage.saveEdit(run.id, PICTURE.id, withText(UNEDITED, 'Mine.', 1));
  await storage.saveImage(HASH, new Blob(['bytes'], { type: 'image/png' }));
  await storage.saveThumbnail(HASH, new Blob(['small'], { type: 'image/webp' }));
  await storage.saveRun(run);
  return { run, keys, file: await storage.toProjectFile(await storage.gatherProject([run])) };
}

beforeEach(freshStorage);

describe('a project file', () => {
  test('brings everything back to an empty disk', async () => {
    const { run, keys, file } = await keptRun();
    freshStorage();
    const storage = await modules();
    const restored = await storage.restoreProject(await storage.fromProjectFile(file));
    expect(restored).toMatchObject({ runs: [{ name: 'Mine' }], unreadable: 0 });
    expect(await storage.savedRun(run.id)).toEqual(run);
    const records = await storage.savedRecords([...keys, `check|${HASH}|m|r|q8|h`]);
    expect(records.map((record) => record?.kind)).toEqual([
      ...keys.map(() => 'description'),
      'check',
    ]);
    const edits = await storage.savedEdits(run.id, [PICTURE.id]);
    expect(edits.get(PICTURE.id)).toEqual(withText(UNEDITED, 'Mine.', 1));
    const picture = await storage.savedImage(HASH);
    expect([picture?.type, await picture?.text()]).toEqual(['image/png', 'bytes']);
    expect((await storage.savedThumbnail(HASH))?.type).toBe('image/webp');
  });

  test('overwrites nothing that is here', async () => {
    const { run, file } = await keptRun();
    const storage = await modules();
    await storage.saveRun({ ...run, name: 'Renamed' });
    await storage.saveEdit(run.id, PICTURE.id, withText(UNEDITED, 'Newer.', 2));
    await storage.restoreProject(await storage.fromProjectFile(file));
    expect((await storage.savedRun(run.id))?.name).toBe('Renamed');
    const edits = await storage.savedEdits(run.id, [PICTURE.id]);
    expect(edits.get(PICTURE.id)?.texts.at(-1)?.text).toBe('Newer.');
  });

  test('parts that make no sense are counted and left out', async () => {
    const { run, file } = await keptRun();
    const zip = await JSZip.loadAsync(await file.arrayBuffer());
    const lines = (await zip.file('records.jsonl')!.async('string')).split('\n');
    lines[0] = JSON.stringify([
      `cell|${HASH}|x`,
      { version: 1, kind: 'description', description: 7 },
    ]);
    lines[1] = '{ broken';
    zip.file('records.jsonl', lines.join('\n'));
    zip.file(
      'runs.jsonl',
      `${await zip.file('runs.jsonl')!.async('string')}{"version":1,"run":{}}\n`,
    );
    zip.file('pictures/../../evil.png', 'x');
    freshStorage();
    const storage = await modules();
    const data = await storage.fromProjectFile(
      new Blob([await zip.generateAsync({ type: 'arraybuffer' })]),
    );
    const restored = await storage.restoreProject(data);
    expect(restored.runs).toEqual([run]);
    expect(restored.unreadable).toBe(2);
    expect(await storage.recordKeys()).toHaveLength(3);
  });

  test.each([
    ['text', () => new Blob(['no zip']), /no ZIP/u],
    [
      'another ZIP',
      async () =>
        new Blob([await new JSZip().file('a', 'b').generateAsync({ type: 'arraybuffer' })]),
      /no project/u,
    ],
    [
      'a newer project',
      async () => {
        const zip = new JSZip().file(
          'project.json',
          JSON.stringify({ format: 'vlm-image-analysis/project', version: 9 }),
        );
        return new Blob([await zip.generateAsync({ type: 'arraybuffer' })]);
      },
      /newer version/u,
    ],
  ])('%s is refused with its reason', async (_, make, reason) => {
    const { fromProjectFile } = await modules();
    await expect(fromProjectFile(await make())).rejects.toThrow(reason);
  });
});
