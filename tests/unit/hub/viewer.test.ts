import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  buildDataset,
  IMAGE,
  picture,
  startHub,
  STRING,
  type Hub,
  type Table,
} from '../../hub/index';

const table: Table = {
  config: 'default',
  split: 'train',
  features: [
    { name: 'image', type: IMAGE },
    { name: 'text', type: STRING },
  ],
  rows: 150,
  row: (index) => ({ image: index === 2 ? null : picture(index), text: `row ${index}` }),
};
const PART = 'config=default&split=train';
let hub: Hub;
let now = Date.now();

beforeAll(async () => {
  const open = await buildDataset('owner/open', [table]);
  const gated = await buildDataset('owner/gated', [table], {
    repo: { gated: 'manual', readers: ['alice'] },
  });
  const disabled = await buildDataset('owner/disabled', [table], { valid: null });
  hub = await startHub({
    repos: [open.repo, gated.repo, disabled.repo],
    viewers: [open.viewer!, gated.viewer!],
    tokens: [
      { token: 'hf_alice', user: 'alice' },
      { token: 'hf_bob', user: 'bob' },
    ],
    now: () => now,
  });
});
afterAll(() => hub.close());

const ask = (path: string, token?: string) =>
  fetch(`${hub.viewerUrl}${path}`, token ? { headers: { Authorization: `Bearer ${token}` } } : {});
const json = async (path: string): Promise<unknown> => (await ask(path)).json();

test('says which splits there are, how large they are, and what works', async () => {
  const dataset = 'owner/open';
  expect(await json(`/is-valid?dataset=${dataset}`)).toMatchObject({ viewer: true, search: true });
  expect(await json(`/splits?dataset=${dataset}`)).toEqual({
    splits: [{ dataset, config: 'default', split: 'train' }],
    pending: [],
    failed: [],
  });
  expect(await json(`/size?dataset=${dataset}`)).toMatchObject({
    size: { splits: [{ config: 'default', split: 'train', num_rows: 150, num_columns: 2 }] },
  });
  expect(await json(`/info?dataset=${dataset}&config=default`)).toMatchObject({
    dataset_info: { features: { image: IMAGE } },
  });
  expect(await json(`/parquet?dataset=${dataset}`)).toMatchObject({
    parquet_files: [{ config: 'default', split: 'train', filename: '0000.parquet' }],
  });
});

test('rows have signed addresses of re-encoded pictures, which expire', async () => {
  const response = await ask(`/rows?dataset=owner/open&${PART}&offset=1&length=2`);
  expect(response.headers.get('x-revision')).toBe(
    hub.repos.get('owner/open', 'dataset')!.refs.get('main'),
  );
  const body = (await response.json()) as {
    rows: { row_idx: number; row: { image: { src: string } | null; text: string } }[];
  };
  expect(body).toMatchObject({ num_rows_total: 150, num_rows_per_page: 100, partial: false });
  expect(body.rows.map(({ row_idx, row }) => [row_idx, row.text])).toEqual([[1, 'row 1'], [2, 'row 2']]); // prettier-ignore
  expect(body.rows[1]!.row.image).toBeNull();
  const { src } = body.rows[0]!.row.image!;
  const bytes = new Uint8Array(await (await fetch(src)).arrayBuffer());
  expect(bytes).toEqual(picture(1).copy);
  expect(bytes).not.toEqual(picture(1).bytes);
  expect((await fetch(src.replace('/1/image', '/3/image'))).status).toBe(403);
  now += 3_700_000;
  expect((await fetch(src)).status).toBe(403);
  now -= 3_700_000;
});

test('searches, and shows the first rows', async () => {
  expect(await json(`/search?dataset=owner/open&${PART}&query=ROW%2014`)).toMatchObject({
    num_rows_total: 11,
    rows: [{ row_idx: 14 }, { row_idx: 140 }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
  });
  const first = (await json(`/first-rows?dataset=owner/open&${PART}`)) as { rows: object[] };
  expect(first.rows).toHaveLength(100);
});

test.each<[string, string | undefined, number, string | null]>([
  ['/rows?dataset=owner/none&config=default&split=train', undefined, 401, 'ExternalUnauthenticatedError'],
  ['/rows?dataset=owner/none&config=default&split=train', 'hf_bob', 404, 'ExternalAuthenticatedError'],
  ['/rows?dataset=owner/gated&config=default&split=train', undefined, 401, 'ExternalUnauthenticatedError'],
  ['/rows?dataset=owner/gated&config=default&split=train', 'hf_bob', 404, 'ExternalAuthenticatedError'],
  ['/rows?dataset=owner/gated&config=default&split=train', 'hf_alice', 200, null],
  ['/rows?dataset=owner/open&config=default&split=test', undefined, 404, 'ResponseNotFound'],
  ['/rows?dataset=owner/open&config=default', undefined, 422, 'MissingRequiredParameter'],
  ['/rows?dataset=owner/open&config=default&split=train&length=101', undefined, 422, 'InvalidParameter'],
  ['/rows?dataset=owner/open&config=default&split=train&offset=-1', undefined, 422, 'InvalidParameter'],
  ['/rows?dataset=owner/open&config=default&split=train&offset=900', undefined, 200, null],
  ['/splits?dataset=owner/disabled', undefined, 501, 'NotSupportedDisabledViewerError'],
])('%s as %s: %i %s', async (path, token, status, code) => {
  const response = await ask(path, token);
  expect([response.status, response.headers.get('x-error-code')]).toEqual([status, code]);
}); // prettier-ignore

test('fails on demand, on its own site', async () => {
  hub.faults.add({ kind: 'viewer-error', code: 'TooBigContentError', url: '/rows' });
  hub.faults.add({ kind: 'rate-limited', site: 'viewer', url: '/is-valid' });
  const statuses = [];
  for (const path of ['/rows?dataset=owner/open&' + PART, '/is-valid?dataset=owner/open'])
    statuses.push((await ask(path)).status, (await ask(path)).status);
  expect(statuses).toEqual([500, 200, 429, 200]);
});
