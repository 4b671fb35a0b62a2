import { beforeEach, expect, test, vi } from 'vitest';
import type { DatasetReport, PartReport } from '../../../src/core/datasets';
import { AppError } from '../../../src/core/errors';
import { DatasetChooser, type DatasetReading } from '../../../src/state/dataset-chooser.svelte';
import type { Candidate } from '../../../src/sources/intake';

const report: DatasetReport = {
  dataset: 'owner/name',
  revision: 'a'.repeat(40),
  licence: null,
  route: 'viewer',
  canSearch: true,
  parts: [
    { config: 'one', split: 'train', rows: 500 },
    { config: 'one', split: 'test', rows: 8 },
    { config: 'two', split: 'train', rows: 30 },
  ],
};
const part: PartReport = {
  route: 'viewer',
  columns: [
    { name: 'id', kind: 'text' },
    { name: 'caption', kind: 'texts' },
    { name: 'photo', kind: 'image' },
    { name: 'views', kind: 'images' },
  ],
  rows: null,
  bytes: null,
};

let asked: unknown[];
let reading: { [Name in keyof DatasetReading]: ReturnType<typeof vi.fn<DatasetReading[Name]>> };
let added: { name: string | undefined; candidates: Candidate[] }[];
let chooser: DatasetChooser;

beforeEach(() => {
  asked = [];
  added = [];
  reading = {
    lookUp: vi.fn((question) => {
      asked.push(question);
      return Promise.resolve(report);
    }),
    openPart: vi.fn(() => Promise.resolve(part)),
    pictures: vi.fn((_, rows) =>
      Promise.resolve(
        rows.map((row) => ({
          name: String(row),
          place: {
            kind: 'row',
            dataset: 'd',
            revision: 'r',
            config: '',
            split: '',
            row,
            column: 'photo',
          } as const,
        })),
      ),
    ),
    search: vi.fn(() => Promise.resolve({ total: 3, pictures: [] })),
    cost: vi.fn(() => Promise.resolve(null)),
    picture: vi.fn(() => Promise.resolve(new Blob(['x']))),
  };
  chooser = new DatasetChooser({
    reading,
    access: { saved: { endpoint: 'https://huggingface.co', keepsToken: false } },
    adding: {
      add: async (candidates, name) => {
        const list: Candidate[] = [];
        for await (const one of candidates) list.push(one);
        added.push({ name, candidates: list });
      },
    },
    view: { closeDatasets: () => undefined },
  });
});

test.each<[string, unknown, Partial<DatasetChooser>]>([
  ['owner/name', { dataset: 'owner/name' }, { config: 'one', split: 'train', first: 0, last: 19 }],
  ['https://hf.co/datasets/owner/name/viewer/two/train?row=7', { dataset: 'owner/name' }, { config: 'two', first: 7, last: 7 }],
  ['https://hf.co/datasets/owner/name/viewer/one/train?p=2', { dataset: 'owner/name' }, { first: 200, last: 299 }],
  ['https://hf.co/datasets/owner/name/viewer/one/test', { dataset: 'owner/name' }, { split: 'test', first: 0, last: 7 }],
  ['https://hf.co/datasets/owner/name/viewer/gone/gone', { dataset: 'owner/name' }, { config: 'one', split: 'train' }],
  ['https://hf.co/datasets/owner/name/viewer/one/train?search=cat', { dataset: 'owner/name' }, { mode: 'search', query: 'cat' }],
  ['https://hf.co/datasets/owner/name/tree/main/photos', { dataset: 'owner/name', revision: 'main', path: 'photos' }, {}],
  ['https://hf.co/datasets/owner/name/tree/refs%2Fconvert%2Fparquet/two/train', { dataset: 'owner/name' }, { config: 'two', split: 'train' }],
])('%s', async (text, question, fields) => {
  await chooser.lookUp(text);
  expect(asked).toEqual([question]);
  expect(chooser).toMatchObject({ imageColumn: 'photo', captionColumn: 'caption', ...fields });
  expect(chooser.opened.kind).toBe('open');
}); // prettier-ignore

test.each([
  ['https://huggingface.co/owner/model', 'dataset-not-a-dataset'],
  ['what is this', 'dataset-name-unreadable'],
])('%s is none: %s', async (text, code) => {
  await chooser.lookUp(text);
  expect(chooser.asked).toMatchObject({ kind: 'failed', error: { code } });
  expect(asked).toEqual([]);
});

test('another split has other rows; one that fails says why and leaves the others', async () => {
  await chooser.lookUp('owner/name');
  expect([chooser.total, chooser.chosen]).toEqual([500, 20]);
  await chooser.chooseSplit('test');
  expect([chooser.total, chooser.last, chooser.chosen]).toEqual([8, 7, 8]);
  reading.openPart.mockRejectedValueOnce(new AppError('dataset-no-images'));
  await chooser.chooseConfig('two');
  expect(chooser.opened).toMatchObject({ kind: 'failed', error: { code: 'dataset-no-images' } });
  expect(chooser.choice).toBeNull();
  await chooser.chooseConfig('one');
  expect(chooser.opened.kind).toBe('open');
});

test('what is chosen is added, every third row of it', async () => {
  await chooser.lookUp('owner/name');
  chooser.every = 3;
  expect(chooser.chosen).toBe(7);
  chooser.add();
  await vi.waitFor(() => expect(added).toHaveLength(1));
  expect(added[0]!.name).toBe('owner/name, train');
  expect(added[0]!.candidates.map(({ name }) => name)).toEqual([
    '0',
    '3',
    '6',
    '9',
    '12',
    '15',
    '18',
  ]);
  expect(reading.pictures.mock.calls[0]![2]).toEqual({
    image: 'photo',
    caption: 'caption',
    bytes: 'copies',
  });
});

test('a later question ends an earlier one', async () => {
  let signal: AbortSignal | undefined;
  reading.lookUp.mockImplementationOnce((_, given) => {
    signal = given;
    return new Promise((_, reject) =>
      given?.addEventListener('abort', () => reject(new AppError('aborted'))),
    );
  });
  const first = chooser.lookUp('owner/slow');
  await chooser.lookUp('owner/name');
  await first;
  expect(signal?.aborted).toBe(true);
  expect(chooser.report).toBe(report);
});
