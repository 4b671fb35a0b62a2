// node tests/bench/dataset-bytes.mjs
// What five rows of a dataset of 593 rows in four parquet files of 1.6 GB cost, by each way. Needs 1.6 GB of disk for a minute.
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { runnerImport } from 'vite';

import { tableLines } from '../../scripts/table.mjs';

const entry = fileURLToPath(new URL('./dataset-bytes.ts', import.meta.url));
const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
const { measure } = /** @type {typeof import('./dataset-bytes')} */ (module);
const rows = await measure((line) => console.log(line));
const asRow = (/** @type {Awaited<ReturnType<typeof measure>>[number]} */ row) => [
  row.way,
  String(row.fileBytes),
  String(row.fetchedBytes),
  `${((100 * row.fetchedBytes) / row.fileBytes).toFixed(2)} %`,
  String(row.requests),
];
const head = ['5 of 593 rows by', 'bytes of the files', 'bytes fetched', 'share', 'requests'];
for (const line of tableLines(head, rows.map(asRow))) console.log(line);
process.exit(0);
