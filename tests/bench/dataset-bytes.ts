import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileWriter } from 'hyparquet-writer';
import { unwrap } from '../../src/core/errors';
import { PATIENCE } from '../../src/core/hub/back-off';
import { DatasetReader } from '../../workers/engine/datasets/dataset-engine';
import {
  folderFiles,
  PANORAMA,
  PANORAMA_BYTES_PER_ROW,
  panoramaTable,
  Repo,
  startHub,
  writeTable,
} from '../hub/index';

const ROWS = 593;
const SHARDS = 4;
const WANTED = [0, 1, 150, 151, 592];
/** What the Hub's JPEG copies take is not known here: a guess for a picture of 2048 x 1024. */
const COPY_BYTES = 400_000;

interface Measured {
  readonly way: string;
  readonly fileBytes: number;
  readonly fetchedBytes: number;
  readonly requests: number;
}

/** Bytes that five rows of the 593 cost, by each way; the parquet files are as large as the real ones. */
export async function measure(log: (line: string) => void): Promise<readonly Measured[]> {
  const found: Measured[] = [];
  for (const pageIndex of [true, false]) {
    const folder = await mkdtemp(join(tmpdir(), 'dataset-'));
    try {
      log(`Writing 1.6 GB, with a page index: ${pageIndex}`);
      const table = panoramaTable({ rowBytes: PANORAMA_BYTES_PER_ROW, copyBytes: COPY_BYTES });
      const each = Math.ceil(ROWS / SHARDS);
      for (let shard = 0; shard < SHARDS; shard += 1) {
        const part = { from: shard * each, to: Math.min(ROWS, (shard + 1) * each), pageIndex };
        await writeTable(fileWriter(join(folder, `000${shard}.parquet`)), table, part);
      }
      found.push(...(await read(folder, pageIndex, table)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return found;
}

async function read(
  folder: string,
  pageIndex: boolean,
  table: ReturnType<typeof panoramaTable>,
): Promise<readonly Measured[]> {
  const repo = new Repo(PANORAMA, { type: 'dataset', lfs: { patterns: ['*.parquet'] } });
  await repo.commit({ 'README.md': '# Panoramas' });
  const files = Object.entries(await folderFiles(folder)).map(
    ([name, content]) => [`default/train/${name}`, content] as const,
  );
  await repo.commit(Object.fromEntries(files), { branch: 'refs/convert/parquet' });
  const fileBytes = files.reduce((sum, [, { size }]) => sum + size, 0);
  const hub = await startHub({ repos: [repo], viewers: [{ id: PANORAMA, tables: [table] }] });
  try {
    const found: Measured[] = [];
    for (const bytes of pageIndex ? (['copies', 'originals'] as const) : (['originals'] as const)) {
      hub.traffic.reset();
      const viewer = bytes === 'copies' ? hub.viewerUrl : '';
      await readRows({ endpoint: hub.url, viewer }, bytes);
      await hub.traffic.idle();
      const { sentBytes, requests } = hub.traffic.totals();
      const index = pageIndex ? 'with a page index' : 'without a page index';
      const way = bytes === 'copies' ? 'viewer, its copies' : `parquet, originals, ${index}`;
      found.push({ way, fileBytes, fetchedBytes: sentBytes, requests });
    }
    return found;
  } finally {
    await hub.close();
  }
}

async function readRows(
  access: { readonly endpoint: string; readonly viewer: string },
  bytes: 'copies' | 'originals',
): Promise<void> {
  const engine = new DatasetReader(PATIENCE);
  const call = { taskId: 'bench', access };
  const report = unwrap(await engine.lookUp({ ...call, dataset: PANORAMA }));
  const { dataset, revision, route } = report;
  const part = { dataset, revision, route, config: 'default', split: 'train' };
  const opened = unwrap(await engine.openPart({ ...call, part }));
  const columns = { image: 'png_image', caption: 'detail_mode1', bytes };
  const asked = { ...call, part: { ...part, route: opened.route }, rows: WANTED, columns };
  for (const { place } of unwrap(await engine.pictures(asked)))
    unwrap(await engine.picture({ ...call, place }));
}
