import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import { wayName } from '../../../src/core/judge-way';
import { cellsOf, type Run } from '../../../src/core/run';
import { verdictKey, type Verdict } from '../../../src/core/verdict';
import { store } from '../../../src/storage/db';
import { describedPictures } from '../../../src/storage/described';
import { saveRecord, type JournalRecord } from '../../../src/storage/journal';
import { image, run as runOf } from '../engine/runner/fake-ports';

const DESCRIPTION: JournalRecord = {
  kind: 'description',
  description: {
    text: 'A cat.',
    device: 'wasm',
    timings: { lookMs: 1, generateMs: 1, newTokens: 1 },
    finishedAt: 1,
    cutOff: false,
  },
};
const FAILURE: JournalRecord = {
  kind: 'failure',
  error: { code: 'unknown', detail: '' },
  attempts: 1,
};
const VERDICT: Verdict = {
  caption: 'A cat.',
  sentences: [],
  claims: [],
  textRows: [],
  writtenBy: 'judge',
  dropped: [],
  device: 'wasm',
  judgeMs: 1,
  newTokens: 1,
  finishedAt: 1,
};

/**
 * Puts a run's answers about a picture on disk, of which `failed` are failures, and the verdict from the others.
 * @param way in which it was judged; the run's own mode where not given
 */
async function described(
  run: Run,
  name: string,
  { failed = 0, isJudged = true, way = wayName({ mode: run.judgeMode }) } = {},
) {
  const cells = (await cellsOf(run)).filter(({ imageId }) => imageId === image(name).id);
  for (const [index, { key }] of cells.entries())
    await saveRecord(key, index < failed ? FAILURE : DESCRIPTION);
  if (run.judge === null || !isJudged) return;
  const keys = cells.slice(failed).map(({ key }) => key);
  const key = await verdictKey(image(name).sha256, run.judge, way, keys);
  await saveRecord(key, { kind: 'verdict', verdict: VERDICT });
}

beforeEach(() => clear(store('journal')));

describe('pictures that a run has described', () => {
  test('are those with a verdict by what models counted then, or count now', async () => {
    const images = ['a', 'b', 'c'].map(image);
    const calibrated = ['1', '2'].map((name, at) => ({ name, calibrations: {}, at: at + 1 }));
    const run = runOf({ images, calibrated });
    await described(run, 'a');
    await described(run, 'b', { way: 'fuse~by-1' });
    await described(run, 'c', { way: 'fuse~by-3' });
    expect([...(await describedPictures([run])).keys()]).toEqual(['sha-a', 'sha-b']);
  });

  test('are those with a verdict, also where an answer failed', async () => {
    const run = runOf({ images: ['a', 'b', 'c'].map(image) });
    await described(run, 'a');
    await described(run, 'b', { failed: 1 });
    await described(run, 'c', { isJudged: false });
    expect([...(await describedPictures([run]))]).toEqual([
      ['sha-a', 'run'],
      ['sha-b', 'run'],
    ]);
  });

  test('name the newest run that has the verdict, not one that only has the picture', async () => {
    const old = runOf({ id: 'old', createdAt: 1 });
    const newer = runOf({ id: 'newer', createdAt: 2, prompts: old.prompts.slice(1) });
    const newest = runOf({ id: 'newest', createdAt: 3, judgeMode: 'verify' });
    await described(old, 'a');
    expect((await describedPictures([old, newer, newest])).get('sha-a')).toBe('old');
    await described(newer, 'a');
    expect((await describedPictures([old, newer, newest])).get('sha-a')).toBe('newer');
  });

  test('are, without a judge, those that every model has answered', async () => {
    const run = runOf({ judge: null });
    await described(run, 'a');
    await described(run, 'b', { failed: 1 });
    expect([...(await describedPictures([run])).keys()]).toEqual(['sha-a']);
  });
});
