import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { placeKey, type DatasetRoute } from '../../../../src/core/datasets';
import type { ErrorCode } from '../../../../src/core/errors';
import {
  buildDataset,
  CRPE,
  crpeDataset,
  IMAGE,
  INT,
  PANORAMA,
  panoramaDataset,
  picture,
  STRING,
  type BuiltDataset,
  type Fault,
  type Hub,
  type Table,
} from '../../../hub/index';
import { ALICE, BOB, hubWith, Reader } from './datasets-fixture';

const tableOf = (part: Partial<Table> = {}): Table => ({
  config: 'default',
  split: 'train',
  features: [
    { name: 'image', type: IMAGE },
    { name: 'label', type: INT },
    { name: 'caption', type: STRING },
  ],
  rows: 12,
  row: (index) => ({
    image: index === 5 ? null : picture(index),
    label: index,
    caption: index === 6 ? '  ' : `picture ${index}`,
  }),
  ...part,
});

const list = (feature: unknown) => ({ _type: 'List', feature });
const OF_LISTS = tableOf({
  features: [{ name: 'image', type: list(IMAGE) }],
  rows: 3,
  row: (index) => ({ image: [[picture(50), null, picture(51)], [], [picture(52)]][index] }),
});
const OF_NESTED = tableOf({
  features: [{ name: 'image', type: list(list(IMAGE)) }],
  row: (index) => ({ image: [[picture(index)]] }),
});
const OF_TEXT = tableOf({ features: [{ name: 'text', type: STRING }], row: () => ({ text: 'x' }) });

const FILES = {
  'train/a.png': picture(70).bytes,
  'train/b.png': picture(71).bytes,
  'test/c.png': picture(72).bytes,
  'train/metadata.jsonl': '{"file_name":"a.png","text":"the letter a"}\nbroken\n',
  'metadata.csv': 'file_name,text\ntest/c.png,"c, the last"\n',
  'README.md': '# Pictures',
};

let hub: Hub;
let datasets: readonly BuiltDataset[];
let now = Date.now();

beforeAll(async () => {
  const gated = { gated: 'manual', readers: ['alice'] } as const;
  datasets = await Promise.all([
    panoramaDataset(),
    crpeDataset(12),
    buildDataset('owner/plain', [tableOf(), tableOf({ split: 'test', rows: 4 })], { shards: 2 }),
    buildDataset('owner/gated', [tableOf()], { repo: gated }),
    buildDataset('owner/private', [tableOf()], { repo: { private: true, readers: ['alice'] } }),
    buildDataset('owner/lists', [OF_LISTS]),
    buildDataset('owner/nested', [OF_NESTED]),
    buildDataset('owner/text', [OF_TEXT]),
    buildDataset('owner/no-viewer', [tableOf()], { valid: null }),
    buildDataset('owner/unconverted', [tableOf()], { valid: null, converted: false }),
    buildDataset('owner/preview', [tableOf()], { valid: { viewer: false }, converted: false }),
    buildDataset('owner/folder', [], { files: FILES, valid: null }),
    buildDataset('owner/zip', [], { files: { 'all.zip': 'PK' }, valid: null }),
    buildDataset('owner/empty', [], { files: { 'README.md': '#' }, valid: null }),
    buildDataset('owner/lzo', [tableOf()], { codec: 'LZO', valid: null }),
  ]);
  hub = await hubWith(datasets, { now: () => now, treePageSize: 100 });
});
afterAll(() => hub.close());
afterEach(() => {
  hub.faults.clear();
  hub.traffic.reset();
});

const main = (id: string) => hub.repos.get(id, 'dataset')!.refs.get('main')!;
const all = (count: number) => Array.from({ length: count }, (_, row) => row);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const code = (wanted: ErrorCode) => expect.objectContaining({ code: wanted }) as Error;

describe('what a dataset has', () => {
  test('the first preset: its rows, its columns, its captions', async () => {
    const reader = new Reader(hub);
    const { report, opened, part } = await reader.open(PANORAMA);
    expect(report).toMatchObject({
      dataset: PANORAMA,
      revision: main(PANORAMA),
      licence: { id: 'apache-2.0' },
      route: 'viewer',
      canSearch: true,
      parts: [{ config: 'default', split: 'train', rows: 593 }],
    });
    expect(opened.columns).toEqual([
      { name: 'png_image', kind: 'image' },
      ...[1, 2, 3].map((mode) => ({ name: `detail_mode${mode}`, kind: 'text' })),
    ]);
    const columns = { image: 'png_image', caption: 'detail_mode1' };
    const [last] = await reader.pictures(part, [592], columns);
    expect(last).toMatchObject({ name: 'train/592', caption: 'A panorama, number 592.' });
  });

  test('the second preset: one column, no search; and its files', async () => {
    const reader = new Reader(hub);
    const { report, opened } = await reader.open(CRPE);
    expect(report).toMatchObject({ route: 'viewer', canSearch: false, parts: [{ rows: 12 }] });
    expect(opened.columns).toEqual([{ name: 'image', kind: 'image' }]);
    const { part, opened: folder } = await reader.open(CRPE, { path: 'abnormal_images' });
    expect(folder).toMatchObject({ route: 'files', rows: 12 });
    const [first] = await reader.pictures(part, [0]);
    expect(first).toMatchObject({
      name: '000000.jpg',
      place: { kind: 'file', revision: main(CRPE) },
    });
    expect(await reader.bytes(first!)).toEqual(picture(20_000).bytes);
  });

  test.each<[string, DatasetRoute, number | null]>([
    ['owner/plain', 'viewer', null],
    ['owner/no-viewer', 'parquet', 12],
    ['owner/unconverted', 'parquet', 12],
    ['owner/preview', 'preview', 12],
    ['owner/folder', 'files', 3],
  ])('%s is read by: %s', async (id, route, rows) => {
    const { opened } = await new Reader(hub).open(id);
    expect([opened.route, opened.rows]).toEqual([route, rows]);
  });

  test('without a viewer all is the same by parquet files', async () => {
    const { report, opened } = await new Reader(hub, { viewer: false }).open('owner/plain');
    expect(report).toMatchObject({
      route: 'parquet',
      parts: [{ split: 'test' }, { split: 'train' }],
    });
    expect(opened).toMatchObject({
      rows: 4,
      columns: [{ kind: 'image' }, { kind: 'other' }, { kind: 'text' }],
    });
    expect(hub.traffic.requests({ site: 'viewer' })).toEqual([]);
  });

  test('a folder of pictures has the captions of its metadata files', async () => {
    const reader = new Reader(hub);
    const { report, opened, part } = await reader.open('owner/folder');
    expect(report.parts).toMatchObject([
      { split: '', rows: 3 },
      { split: 'test', rows: 1 },
      { split: 'train', rows: 2 },
    ]);
    expect(opened.columns.map(({ name }) => name)).toEqual(['', 'text']);
    const pictures = await reader.pictures(part, all(3), { image: '', caption: 'text' });
    expect(pictures.map(({ name, caption }) => [name, caption])).toEqual([
      ['c.png', 'c, the last'],
      ['a.png', 'the letter a'],
      ['b.png', undefined],
    ]);
    expect(await reader.bytes(pictures[1]!)).toEqual(picture(70).bytes);
    const one = await reader.open('owner/folder', { path: 'train/b.png' });
    expect(one.opened.rows).toBe(1);
  });
});

describe('what goes wrong', () => {
  test.each<[string, string, string | undefined, ErrorCode]>([
    ['is not there', 'owner/none', undefined, 'dataset-not-found'],
    ['is not there for somebody either', 'owner/none', BOB, 'dataset-not-found'],
    ['is private', 'owner/private', undefined, 'dataset-not-found'],
    ['is private for others', 'owner/private', BOB, 'dataset-not-found'],
    ['is gated', 'owner/gated', undefined, 'dataset-gated'],
    ['is gated for others', 'owner/gated', BOB, 'dataset-gated'],
    ['a token that is none', 'owner/private', 'hf_wrong', 'dataset-token-refused'],
    ['has no image column', 'owner/text', undefined, 'dataset-no-images'],
    ['has lists of lists', 'owner/nested', undefined, 'dataset-nested-images'],
    ['has archives alone', 'owner/zip', undefined, 'dataset-archives-only'],
    [
      'has nothing, and its viewer is disabled',
      'owner/empty',
      undefined,
      'dataset-viewer-disabled',
    ],
  ])('%s', async (_, id, token, wanted) => {
    const reader = new Reader(hub, token === undefined ? {} : { token });
    await expect(reader.open(id)).rejects.toEqual(code(wanted));
  });

  test('gated is said also where there is no viewer', async () => {
    const reader = new Reader(hub, { viewer: false });
    await expect(reader.open('owner/gated')).rejects.toEqual(code('dataset-gated'));
    await expect(new Reader(hub, { viewer: false }).open('owner/nested')).rejects.toEqual(
      code('dataset-nested-images'),
    );
  });

  test('whoever is let in reads it, and the token goes to the Hub and its viewer alone', async () => {
    for (const id of ['owner/gated', 'owner/private']) {
      for (const viewer of [true, false]) {
        const reader = new Reader(hub, { token: ALICE, viewer });
        const { part } = await reader.open(id);
        for (const bytes of ['copies', 'originals'] as const) {
          const [found] = await reader.pictures(part, [3], { bytes });
          const right = viewer && bytes === 'copies' ? picture(3).copy : picture(3).bytes;
          expect(await reader.bytes(found!)).toEqual(right);
        }
      }
    }
    expect(hub.traffic.leaks(ALICE)).toEqual([]);
    expect(hub.traffic.requests({ site: 'viewer', stage: 'content' }).length).toBeGreaterThan(0);
  });

  test('empty cells and empty lists are refused one by one', async () => {
    for (const viewer of [true, false]) {
      const reader = new Reader(hub, { viewer });
      const { part } = await reader.open('owner/plain', {}, viewer ? 0 : 1);
      const pictures = await reader.pictures(part, [4, 5, 6], { caption: 'caption' });
      expect(pictures.map(({ caption }) => caption)).toEqual(
        viewer ? ['picture 4', undefined, undefined] : ['picture 4', 'picture 5', undefined],
      );
      if (viewer) expect(pictures[1]!.error).toEqual({ code: 'row-empty', detail: 'train/5' });
      else await expect(reader.bytes(pictures[1]!)).rejects.toEqual(code('row-empty'));
    }
  });

  test('a list of pictures is taken apart, the same by both ways', async () => {
    const told = [];
    for (const viewer of [true, false]) {
      const reader = new Reader(hub, { viewer });
      const { part } = await reader.open('owner/lists');
      const pictures = await reader.pictures(part, [0, 1, 2], { bytes: 'originals' });
      const rows = [];
      for (const each of pictures) {
        const bytes = each.error ? null : await reader.bytes(each).catch(() => null);
        rows.push([each.name, bytes && sha256(bytes)]);
      }
      told.push(rows);
    }
    expect(told[0]).toEqual([
      ['train/0 (1)', sha256(picture(50).bytes)],
      ['train/0 (2)', null],
      ['train/0 (3)', sha256(picture(51).bytes)],
      ['train/1', null],
      ['train/2 (1)', sha256(picture(52).bytes)],
    ]);
    expect(told[1]).toEqual(told[0]);
  });

  test.each<[string, Fault, DatasetRoute]>([
    ['not ready at first', { kind: 'viewer-error', code: 'ResponseNotReady', times: 2 }, 'viewer'],
    ['not ready in its other spelling', { kind: 'viewer-error', code: 'ResponseNotReadyError', times: 1 }, 'viewer'],
    ['not ready at all', { kind: 'viewer-error', code: 'ResponseNotReady', times: null }, 'parquet'],
    ['disabled', { kind: 'viewer-error', code: 'NotSupportedDisabledViewerError', times: null }, 'parquet'],
    ['asked too often', { kind: 'rate-limited', site: 'viewer', times: 3, retryAfterSeconds: 0 }, 'viewer'],
    ['broken', { kind: 'server-error', site: 'viewer', times: null }, 'parquet'],
  ])('the viewer is %s', async (_, fault, route) => {
    hub.faults.add(fault);
    const reader = new Reader(hub);
    const { part } = await reader.open('owner/plain', {}, route === 'viewer' ? 0 : 1);
    expect(part.route).toBe(route);
    const [found] = await reader.pictures(part, [3], { bytes: 'originals' });
    expect(await reader.bytes(found!)).toEqual(picture(3).bytes);
  }); // prettier-ignore

  test.each<ErrorCode | 'TooBigContentError' | 'TransformRowsProcessingError' | 'ResponseNotReady'>([
    'TooBigContentError', 'TransformRowsProcessingError', 'ResponseNotReady',
  ])('rows that the viewer fails at (%s) come from parquet files, with the same ids', async (name) => {
    const reader = new Reader(hub);
    const { part } = await reader.open('owner/plain');
    const before = await reader.pictures(part, [1, 2, 8], { caption: 'caption' });
    hub.faults.add({ kind: 'viewer-error', code: name as 'TooBigContentError', url: '/rows', times: null });
    const after = await reader.pictures(part, [1, 2, 8], { caption: 'caption' });
    const told = (pictures: typeof before) =>
      pictures.map(({ place, name: said, caption }) => [placeKey(place), said, caption]);
    expect(told(after)).toEqual(told(before));
    expect(await reader.bytes(after[2]!)).toEqual(picture(8).bytes);
  }); // prettier-ignore

  test('rows that are too big together are asked for in halves', async () => {
    const reader = new Reader(hub);
    const { part } = await reader.open('owner/plain');
    hub.faults.add({ kind: 'viewer-error', code: 'TooBigContentError', url: '/rows', times: 2 });
    const pictures = await reader.pictures(part, [0, 1, 2, 3]);
    expect(pictures.map(({ name }) => name)).toEqual(['train/0', 'train/1', 'train/2', 'train/3']);
    expect(pictures[0]!.place).toHaveProperty('isCopy');
  });

  test('an address that has expired is asked for again', async () => {
    const reader = new Reader(hub);
    const { part } = await reader.open('owner/plain');
    const [, second] = await reader.pictures(part, [0, 1]);
    now += 3_700_000;
    expect(await reader.bytes(second!)).toEqual(picture(1).copy);
    expect(hub.traffic.requests({ site: 'viewer', stage: 'content' })).toMatchObject([
      { status: 403 },
      { status: 200 },
    ]);
    now -= 3_700_000;
  });

  test.each(['SNAPPY', 'GZIP'] as const)('%s is unpacked', async (codec) => {
    const { repo, viewer } = await buildDataset(`owner/${codec}`, [tableOf()], { codec });
    hub.repos.add(repo);
    hub.viewers.set(repo.id, viewer!);
    const reader = new Reader(hub, { viewer: false });
    const { part } = await reader.open(repo.id);
    const [found] = await reader.pictures(part, [4], { caption: 'caption' });
    expect(found!.caption).toBe('picture 4');
    expect(await reader.bytes(found!)).toEqual(picture(4).bytes);
  });

  test('an unknown codec is said', async () => {
    const reader = new Reader(hub);
    const { part } = await reader.open('owner/lzo');
    const [found] = await reader.pictures(part, [0]);
    await expect(reader.bytes(found!)).rejects.toEqual(code('parquet-codec'));
  });

  test('offline', async () => {
    const gone = await hubWith([]);
    await gone.close();
    const reader = new Reader(gone);
    await expect(reader.lookUp('owner/plain')).rejects.toEqual(code('dataset-offline'));
  });

  test('a stopped call ends as such, and nothing else with it', async () => {
    hub.faults.add({ kind: 'stall', afterBytes: 0, site: 'viewer', stage: 'api', url: '/rows' });
    const reader = new Reader(hub);
    const { part } = await reader.open('owner/plain');
    const columns = { image: 'image', caption: null, bytes: 'copies' } as const;
    const call = { ...reader.call, part, rows: [0], columns };
    const stopped = reader.engine.pictures(call);
    await reader.engine.cancel(call.taskId);
    expect(await stopped).toMatchObject({ ok: false, error: { code: 'aborted' } });
  });
});

describe('a picture is found again', () => {
  test('the viewer’s copy as a copy, the original as the original, each fetched once', async () => {
    const first = new Reader(hub);
    const { part } = await first.open('owner/plain');
    const [copy] = await first.pictures(part, [1]);
    const [original] = await first.pictures(part, [1], { bytes: 'originals' });
    expect(placeKey(copy!.place)).toBe(placeKey(original!.place));
    const later = new Reader(hub); // as after a reload: nothing is known
    expect(await later.bytes(copy!)).toEqual(picture(1).copy);
    expect(await later.bytes(original!)).toEqual(picture(1).bytes);
    hub.traffic.reset();
    await Promise.all([copy!, original!, copy!, original!].map((each) => later.bytes(each)));
    expect(hub.traffic.requests()).toEqual([]);
  });

  test('at a commit that is no longer the newest, if it is still the same', async () => {
    const moved = await buildDataset('owner/moved', [tableOf()]);
    hub.repos.add(moved.repo);
    hub.viewers.set('owner/moved', moved.viewer!);
    const before = new Reader(hub);
    const { part } = await before.open('owner/moved');
    const [copy] = await before.pictures(part, [1]);
    const [original] = await before.pictures(part, [1], { bytes: 'originals' });
    await moved.repo.commit({ 'README.md': 'the data are somewhere else now' });
    expect(await new Reader(hub).bytes(copy!, sha256(picture(1).copy))).toEqual(picture(1).copy);
    // From the commit itself, whatever there is now.
    expect(await new Reader(hub).bytes(original!)).toEqual(picture(1).bytes);
    hub.viewers.set('owner/moved', {
      ...moved.viewer!,
      tables: [
        tableOf({ row: (index) => ({ image: picture(300 + index), label: 0, caption: '' }) }),
      ],
    });
    moved.repo.commits.delete(part.revision);
    moved.repo.refs.delete('refs/convert/parquet');
    await expect(new Reader(hub).bytes(copy!, sha256(picture(1).copy))).rejects.toEqual(
      code('dataset-changed'),
    );
  });

  test('a place that is kept has nothing signed and nothing secret', async () => {
    const reader = new Reader(hub, { token: ALICE });
    const { part } = await reader.open('owner/gated');
    const pictures = await reader.pictures(part, [0, 1], { caption: 'caption' });
    expect(JSON.stringify(pictures)).not.toMatch(/Signature|http|hf_/u);
  });
});

describe('only what is asked for is fetched', () => {
  test('a search gives the rows’ own numbers', async () => {
    const reader = new Reader(hub);
    const { part } = await reader.open('owner/plain');
    const columns = { image: 'image', caption: 'caption', bytes: 'copies' } as const;
    const asked = { part, query: 'picture 1', offset: 0, length: 2, columns };
    const reply = await reader.engine.search({ ...reader.call, ...asked });
    expect(reply).toMatchObject({
      ok: true,
      value: { total: 3, pictures: [{ name: 'train/1' }, { name: 'train/10' }] },
    });
  });

  test('five rows of 593 in four files, with and without a page index', async () => {
    const rowBytes = 26_700; // a hundredth of the real ones
    const fetched: number[] = [];
    for (const pageIndex of [true, false]) {
      const { repo } = await panoramaDataset({ rowBytes, pageIndex });
      const big = await hubWith([{ repo, viewer: undefined }]);
      const reader = new Reader(big, { viewer: false });
      const { part, opened } = await reader.open(PANORAMA);
      expect(opened.rows).toBe(593);
      const rows = [0, 1, 150, 151, 592];
      const columns = { image: 'png_image', caption: 'detail_mode1' };
      const pictures = await reader.pictures(part, rows, columns);
      for (const [place, each] of pictures.entries())
        expect(await reader.bytes(each)).toEqual(picture(rows[place]!, { fillTo: rowBytes }).bytes);
      const { uniqueBytes, repeatedBytes } = big.traffic.totals({ site: 'cdn' });
      expect(repeatedBytes).toBeLessThan(100_000);
      fetched.push(uniqueBytes / (593 * rowBytes));
      const said = await reader.engine.cost({
        ...reader.call, part, rows, columns: { image: 'png_image', caption: null, bytes: 'originals' },
      }); // prettier-ignore
      if (!said.ok || said.value === null) throw new Error('no cost');
      expect(said.value / uniqueBytes).toBeGreaterThan(pageIndex ? 0.02 : 0.8);
      expect(said.value).toBeLessThan(uniqueBytes * 1.2);
      await big.close();
    }
    // Pages of 1 MB hold 39 of these pictures; of the real ones, each has its own.
    expect(fetched[0]).toBeLessThan(0.3);
    expect(fetched[1]).toBeGreaterThan(fetched[0]!);
    expect(fetched[1]).toBeLessThan(0.7);
  });
});
