import { expect, test } from 'vitest';
import type { DatasetPicture, PartRef } from '../../../src/core/datasets';
import {
  datasetCandidates,
  type DatasetChoice,
  type DatasetPorts,
} from '../../../src/sources/hf-dataset';
import type { Candidate } from '../../../src/sources/intake';

const part: PartRef = {
  dataset: 'a/b',
  revision: 'f'.repeat(40),
  route: 'viewer',
  config: 'c',
  split: 's',
};
const columns = { image: 'image', caption: 'text', bytes: 'copies' } as const;

function pictureOf(row: number): DatasetPicture {
  const { dataset, revision, config, split } = part;
  const place = { kind: 'row', dataset, revision, config, split, row, column: 'image' } as const;
  const name = `s/${row}`;
  if (row === 3) return { place, name, error: { code: 'row-empty', detail: name } };
  return { place, name, caption: `row ${row}` };
}

/** Rows that exist by their numbers; what was asked for is noted. */
function ports() {
  const asked: number[][] = [];
  const made: DatasetPorts = {
    pictures: (_, rows) => {
      asked.push([...rows]);
      return Promise.resolve(rows.map(pictureOf));
    },
    search: (_, { offset, length }) => {
      const found = Array.from({ length: 150 }, (_, place) => place * 2);
      const pictures = found.slice(offset, offset + length).map(pictureOf);
      asked.push([offset, length]);
      return Promise.resolve({ total: found.length, pictures });
    },
    picture: ({ kind }) => Promise.resolve(new Blob([kind])),
  };
  return { asked, ports: made };
}

async function list(choice: Partial<DatasetChoice>, given = ports()) {
  const found: Candidate[] = [];
  const rows = { kind: 'range', first: 2, last: 4, every: 1 } as const;
  for await (const one of datasetCandidates(
    { part, columns, rows, total: 1000, ...choice },
    given.ports,
  )) {
    found.push(one);
    await one.open().catch(() => undefined);
  }
  return { found, asked: given.asked };
}

test('rows become candidates with their captions; an empty one is refused when it is opened', async () => {
  const { found } = await list({});
  expect(found.map(({ name, reference }) => [name, reference])).toEqual([
    ['s/2', 'row 2'],
    ['s/3', undefined],
    ['s/4', 'row 4'],
  ]);
  expect(found[0]!.id).toBe(`dataset:a/b@${'f'.repeat(40)}:row:c/s/2/image`);
  expect(found[0]!.source).toEqual({ kind: 'dataset', place: pictureOf(2).place });
  await expect(found[1]!.open()).rejects.toMatchObject({ code: 'row-empty' });
});

test('a hundred rows are asked for together', async () => {
  const { asked, found } = await list({ rows: { kind: 'range', first: 0, last: 998, every: 2 } });
  expect(asked.map((rows) => rows.length)).toEqual([100, 100, 100, 100, 100]);
  expect(found.at(-1)!.name).toBe('s/998');
});

test('a search ends where its finds end, or at as many as are wanted', async () => {
  expect((await list({ rows: { kind: 'search', query: 'x', most: 500 } })).found).toHaveLength(150);
  const few = await list({ rows: { kind: 'search', query: 'x', most: 120 } });
  expect(few.asked).toEqual([[0, 100], [100, 20]]); // prettier-ignore
});

test('listing waits where nobody opens, and ends when nobody takes more', async () => {
  const given = ports();
  const rows = { kind: 'range', first: 0, last: 9999, every: 1 } as const;
  const listing = datasetCandidates({ part, columns, rows, total: 10_000 }, given.ports);
  const opened: Candidate[] = [];
  for (let place = 0; place < 300; place += 1)
    opened.push((await listing.next()).value as Candidate);
  let isThere = false;
  const next = listing.next().then(() => (isThere = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isThere).toBe(false);
  await opened[0]!.open();
  await next;
  expect(given.asked.length).toBeLessThan(5);
  await listing.return(undefined);
});
