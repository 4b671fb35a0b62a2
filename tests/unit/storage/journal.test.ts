import { beforeEach, describe, expect, test } from 'vitest';
import type { JournalRecord } from '../../../src/storage/journal';
import { freshStorage, putRaw } from './fresh';

let journal: typeof import('../../../src/storage/journal');

beforeEach(async () => {
  freshStorage();
  journal = await import('../../../src/storage/journal');
});

const DESCRIPTION = {
  text: 'A cat.',
  device: 'wasm',
  timings: { lookMs: 1, generateMs: 2, newTokens: 3 },
  finishedAt: 4,
  cutOff: false,
} as const;

const VERDICT = {
  caption: 'A cat.',
  sentences: [{ text: 'A cat.', claimIds: ['object:cat='], origin: 'supported' }],
  claims: [
    {
      id: 'object:cat=',
      kind: 'object',
      subject: 'cat',
      value: '',
      sources: [{ modelId: 'a', promptId: 'p', sentence: 'A cat.', certain: true }],
      modelIds: ['a'],
      checks: [{ modelId: 'a', yes: 0.9 }],
      weight: 1,
      standing: 'single',
      contradicts: [],
    },
  ],
  textRows: [{ original: 'Brot', english: 'bread', language: 'German', modelIds: ['a'] }],
  writtenBy: 'judge',
  dropped: ['A dog.'],
  device: 'webgpu',
  judgeMs: 5,
  newTokens: 6,
  finishedAt: 7,
} as const;

const RECORDS: readonly (readonly [string, JournalRecord])[] = [
  ['description', { kind: 'description', description: DESCRIPTION }],
  ['verdict', { kind: 'verdict', verdict: VERDICT }],
  [
    'replaced verdict',
    { kind: 'verdict', verdict: { ...VERDICT, writtenBy: 'consensus', replaced: 'Why.' } },
  ],
  ['check', { kind: 'check', yes: 0.25 }],
  ['failure', { kind: 'failure', error: { code: 'image-truncated', detail: 'x' }, attempts: 2 }],
];

describe('the journal', () => {
  test('reads a verdict of version 0.1, which dropped nothing', async () => {
    const old = { ...VERDICT, dropped: undefined };
    await journal.savedRecords([]); // makes the store
    await putRaw('journal', 'key', { version: 1, kind: 'verdict', verdict: old });
    const [record] = await journal.savedRecords(['key']);
    expect(record).toMatchObject({ kind: 'verdict', verdict: { dropped: [] } });
  });

  test.each(RECORDS)('gives back a %s as it was saved', async (_, record) => {
    await journal.saveRecord('key', record);
    expect(await journal.savedRecords(['key'])).toEqual([{ version: 1, ...record }]);
  });

  test('answers in the order of the keys, undefined where there is nothing', async () => {
    await journal.saveRecord('a', RECORDS[0]![1]);
    await journal.saveRecord('b', RECORDS.at(-1)![1]);
    const kinds = (await journal.savedRecords(['b', 'none', 'a'])).map((record) => record?.kind);
    expect(kinds).toEqual(['failure', undefined, 'description']);
  });

  test('a later record replaces the earlier one', async () => {
    await journal.saveRecord('key', RECORDS.at(-1)![1]);
    await journal.saveRecord('key', RECORDS[0]![1]);
    expect((await journal.savedRecords(['key']))[0]!.kind).toBe('description');
  });

  test.each<[string, unknown]>([
    ['a text', 'rubbish'],
    ['null', null],
    ['an empty object', {}],
    ['a record of a later version', { version: 2, kind: 'description', description: DESCRIPTION }],
    ['a record without a version', { kind: 'description', description: DESCRIPTION }],
    ['an unknown kind', { version: 1, kind: 'dream', description: DESCRIPTION }],
    ['a description without a text', { version: 1, kind: 'description', description: { ...DESCRIPTION, text: undefined } }],
    ['an unknown device', { version: 1, kind: 'description', description: { ...DESCRIPTION, device: 'npu' } }],
    ['an unknown error code', { version: 1, kind: 'failure', error: { code: 'bad-luck', detail: '' }, attempts: 1 }],
    ['a claim of an unknown kind', { version: 1, kind: 'verdict', verdict: { ...VERDICT, claims: [{ ...VERDICT.claims[0], kind: 'smell' }] } }],
  ])('%s is read as nothing, and spoils no other row', async (_, rubbish) => {
    await journal.saveRecord('good', RECORDS[0]![1]);
    await putRaw('journal', 'bad', rubbish);
    const [bad, good] = await journal.savedRecords(['bad', 'good']);
    expect(bad).toBeUndefined();
    expect(good!.kind).toBe('description');
  }); // prettier-ignore

  test('what can’t be stored is an error with a code', async () => {
    const record = { kind: 'description', description: { ...DESCRIPTION, text: () => 'x' } };
    await expect(
      journal.saveRecord('key', record as unknown as JournalRecord),
    ).rejects.toMatchObject({ name: 'AppError', code: 'storage-blocked' });
  });

  test('many records are read as one by one, in the order asked for, with others between them', async () => {
    const key = (index: number) => `cell|${String(index).padStart(4, '0')}`;
    const text = (index: number) => ({ ...DESCRIPTION, text: String(index) });
    await journal.saveRecords(
      Array.from({ length: 600 }, (_, index) => [
        key(index),
        { kind: 'description', description: text(index) },
      ]),
    );
    for (const step of [2, 5]) {
      const asked = Array.from({ length: 300 }, (_, index) => (index * step * 7) % 1000);
      const found = await journal.savedRecords(asked.map(key));
      expect(found).toEqual(
        asked.map((index) =>
          index < 600 ? { version: 1, kind: 'description', description: text(index) } : undefined,
        ),
      );
    }
  });
});
