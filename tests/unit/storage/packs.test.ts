import { clear } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import type { JournalRecord } from '../../../src/storage/journal';
import { freshStorage, putRaw, rawKeys } from './fresh';

let journal: typeof import('../../../src/storage/journal');
let packs: typeof import('../../../src/storage/packs');

const IMAGES = 60;
const CELLS = 40;
const imageName = (image: number) => `sha${String(image).padStart(3, '0')}`;
const cell = (image: number, index: number) =>
  `cell|${imageName(image)}|model|1|q8|prompt-${String(index)}|160-greedy`;
const ALL = Array.from({ length: IMAGES * CELLS }, (_, index) =>
  cell(Math.floor(index / CELLS), index % CELLS),
);

const described = (text: string): JournalRecord => ({
  kind: 'description',
  description: {
    text,
    device: 'wasm',
    timings: { lookMs: 1, generateMs: 2, newTokens: 3 },
    finishedAt: 4,
    cutOff: false,
  },
});
const FAILURE: JournalRecord = {
  kind: 'failure',
  error: { code: 'image-truncated', detail: 'x' },
  attempts: 2,
};

const read = async (keys: readonly string[]) =>
  (await journal.savedRecords(keys)).map((record) =>
    record?.kind === 'description' ? record.description.text : record?.kind,
  );

beforeEach(async () => {
  freshStorage();
  journal = await import('../../../src/storage/journal');
  packs = await import('../../../src/storage/packs');
  await journal.saveRecords(ALL.map((key) => [key, described(`of ${key}`)]));
  await packs.allPacked();
});

const EXPECTED = ALL.map((key) => `of ${key}`);

describe('packs', () => {
  test('are made of what was written, one for the cells of an image', async () => {
    expect(await rawKeys('packs')).toEqual(
      Array.from({ length: IMAGES }, (_, index) => `cell|${imageName(index)}`),
    );
    expect(await rawKeys('journal')).toHaveLength(ALL.length);
  });

  test('are read in place of the rows, whole, in the order asked for, with what is not there', async () => {
    const backwards = [cell(900, 0), ...ALL].reverse();
    expect(await read(backwards)).toEqual([undefined, ...EXPECTED].reverse());
    // From the packs indeed.
    await putRaw('packs', `cell|${imageName(0)}`, '{}');
    expect((await read(ALL)).slice(0, CELLS)).toEqual(new Array(CELLS).fill(undefined));
  });

  test('never stand for what was written since: a new cell, another text, a failure that was one', async () => {
    await journal.saveRecord(cell(3, 0), FAILURE);
    await journal.saveRecord(cell(5, CELLS), described('new'));
    expect(await rawKeys('packs')).toHaveLength(IMAGES - 2);
    const found = await read([...ALL, cell(5, CELLS)]);
    const expected = EXPECTED.with(3 * CELLS, 'failure');
    expect(found).toEqual([...expected, 'new']);
  });

  test('do not bring back what was deleted', async () => {
    await journal.forgetRecords([cell(7, 0)]);
    expect(await read(ALL)).toEqual(EXPECTED.with(7 * CELLS, undefined as never));
  });

  test('of a write that failed stay what they were, and so do the rows', async () => {
    const record = { kind: 'description', description: { text: () => 'x' } };
    const writing = journal.saveRecords([
      [cell(1, 0), described('half')],
      [cell(2, 0), record as unknown as JournalRecord],
    ]);
    await expect(writing).rejects.toMatchObject({ code: 'storage-blocked' });
    expect(await rawKeys('packs')).toHaveLength(IMAGES);
    expect(await read([cell(1, 0)])).toEqual([`of ${cell(1, 0)}`]);
  });

  test.each([['no JSON'], [7], [null]])('%s in place of a pack hides no row', async (rubbish) => {
    await putRaw('packs', `cell|${imageName(0)}`, rubbish);
    expect(await read(ALL)).toEqual(EXPECTED);
  });

  test('are made again of rows that have been read one by one', async () => {
    for (let image = 0; image < IMAGES; image += 1)
      await journal.saveRecord(cell(image, 0), described('again'));
    await packs.allPacked();
    expect(await rawKeys('packs')).toEqual([]);
    const found = await read(ALL);
    await packs.allPacked();
    expect(await rawKeys('packs')).toHaveLength(IMAGES);
    expect(await read(ALL)).toEqual(found);
  });

  test('hold verdicts apart from cells, and no checks', async () => {
    await journal.saveRecords(
      Array.from({ length: 1_000 }, (_, index) => [
        `check|${imageName(index)}|model|1|q8|x`,
        { kind: 'check', yes: 0.5 },
      ]),
    );
    await journal.saveRecords(
      Array.from({ length: 2_000 }, (_, index) => [`verdict|${imageName(index)}|x`, FAILURE]),
    );
    await packs.allPacked();
    const names = await rawKeys('packs');
    expect(names.filter((name) => name.startsWith('verdict|'))).toHaveLength(2_000);
    expect(names.filter((name) => name.startsWith('check|'))).toEqual([]);
  });

  test('count as what they are copies of in what is kept', async () => {
    const { measureUsage } = await import('../../../src/storage/usage');
    const { store } = await import('../../../src/storage/db');
    const { descriptions: packed } = await measureUsage(new Map());
    await clear(store('packs'));
    const { descriptions: loose } = await measureUsage(new Map());
    expect([packed.count, loose.count]).toEqual([ALL.length, ALL.length]);
    expect(packed.bytes).toBeGreaterThan(1.5 * loose.bytes);
  });
});
