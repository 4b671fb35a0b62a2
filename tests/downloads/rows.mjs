// A repository whose weights are rows of bytes that a small graph looks up: what is in a session shows what was stored.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../../scripts/paths.mjs';
import { loadHub } from '../hub/load.mjs';

export const GRAPH = 'onnx/rows.onnx';
export const DATA = 'onnx/rows.onnx_data';
export const ROW_BYTES = 4096;

/** How much of a row the session's worker gives back. */
const FIRST_BYTES = 8;

/**
 * Starts a Hub that has the repository.
 * @param {{ id: string, graph: string, rows: number }} what graph: a file of tests/fixtures/gather, for that many rows
 */
export async function startRowsHub({ id, graph, rows }) {
  const { buildRepo, sparse, startHub } = await loadHub();
  const data = sparse({ size: rows * ROW_BYTES, seed: 5 });
  const files = {
    [GRAPH]: new Uint8Array(readFileSync(join(ROOT, 'tests', 'fixtures', 'gather', graph))),
    [DATA]: data,
  };
  const repo = await buildRepo(id, files);
  const hub = await startHub({ repos: [repo] });
  /** @param {number} row */
  const firstBytes = async (row) => {
    const bytes = [];
    for await (const piece of data.read(row * ROW_BYTES, row * ROW_BYTES + FIRST_BYTES))
      bytes.push(...piece);
    return bytes;
  };
  return {
    hub,
    model: { modelId: id, revision: repo.refs.get('main') ?? '' },
    /**
     * What those rows begin with.
     * @param {readonly number[]} asked
     */
    expected: (asked) => Promise.all(asked.map(firstBytes)),
  };
}
