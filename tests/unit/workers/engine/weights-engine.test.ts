import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../../hub/index';
import {
  buildRepo,
  sparse,
  startHub,
  type Hub,
  type HubOptions,
  type Repo,
} from '../../../hub/index';
import { freshStorage, putRaw, rawKeys } from '../../storage/fresh';
import { ensureRequest, filesOf, IMPATIENT, recorder } from './hub-fixture';

/** In place of 16 MB: the files are then small enough for a test of every fault. The browser tests have the real size. */
const CHUNK = 64 * 1024;
vi.mock('../../../../src/storage/chunks', () => ({
  CHUNK_BYTES: CHUNK,
  chunksOf: (bytes: number) => Math.ceil(bytes / CHUNK),
  chunkLength: (bytes: number, index: number) =>
    Math.max(0, Math.min(CHUNK, bytes - index * CHUNK)),
}));

const ID = 'owner/model';
const BIG = 'onnx/model.onnx_data';
/** Three chunks, the last one short. */
const BIG_BYTES = 2 * CHUNK + 5000;
const FILES = {
  'config.json': JSON.stringify({ model_type: 'x', filler: 'y'.repeat(2000) }),
  'onnx/model.onnx': sparse({ size: 60_000, seed: 3 }),
  [BIG]: sparse({ size: BIG_BYTES, seed: 4 }),
};

let hub: Hub;
let repo: Repo;
let engine: InstanceType<typeof import('../../../../workers/engine/weights-engine').WeightStore>;
let weights: typeof import('../../../../src/storage/weights');

async function start(options: HubOptions = {}): Promise<void> {
  repo = await buildRepo(ID, FILES, { lfs: { patterns: ['*.onnx', '*.onnx_data'] } });
  hub = await startHub({ ...options, repos: [repo] });
}

beforeEach(async () => {
  freshStorage();
  weights = await import('../../../../src/storage/weights');
  const { WeightStore } = await import('../../../../workers/engine/weights-engine');
  engine = new WeightStore(IMPATIENT);
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await hub.close();
});

const ensure = async () => {
  const reply = await engine.ensure(ensureRequest(hub, repo), recorder().on);
  return reply.ok ? 'stored' : reply.error.code;
};

const big = () => hub.traffic.totals({ stage: 'content', file: BIG });

/** Each file that counts as stored has the right hash, when read. */
async function expectSound(): Promise<number> {
  const revision = repo.refs.get('main')!;
  let whole = 0;
  for (const file of filesOf(repo)) {
    const saved = await weights.savedFile(ID, revision, file.path);
    if (saved === undefined) continue;
    whole += 1;
    const bytes = new Uint8Array(await saved.arrayBuffer());
    const hash =
      'sha256' in file
        ? createHash('sha256').update(bytes).digest('hex') === file.sha256
        : createHash('sha1')
            .update(`blob ${String(bytes.length)}\0`)
            .update(bytes)
            .digest('hex') === file.gitOid;
    expect(hash, file.path).toBe(true);
  }
  return whole;
}

describe('a download from the Hub', () => {
  test('brings every file, in ranges of a chunk, three at a time, and asks for nothing twice', async () => {
    await start();
    const { told, on } = recorder();
    const reply = await engine.ensure(ensureRequest(hub, repo), on);
    const bytes = filesOf(repo).reduce((sum, file) => sum + file.bytes, 0);
    expect(reply).toEqual({ ok: true, value: { fetchedBytes: bytes, held: null } });
    expect(told.at(-1)).toEqual({ bytes, totalBytes: bytes, phase: { kind: 'checking' } });
    expect(await expectSound()).toBe(3);
    await hub.traffic.idle();
    expect(big()).toMatchObject({ requests: 3, repeatedBytes: 0, longestBytes: CHUNK });
    expect(hub.traffic.totals({ stage: 'content' }).mostAtOnce).toBeLessThanOrEqual(3);
    hub.traffic.reset();
    expect(await ensure()).toBe('stored');
    expect(hub.traffic.requests()).toEqual([]);
  });

  test.each<[string, Fault[], string, number]>([
    ['a cut is resumed', [{ kind: 'cut', afterBytes: 1000, file: BIG }], 'stored', 3],
    ['a stall is noticed', [{ kind: 'stall', afterBytes: 1000, file: BIG }], 'stored', 3],
    ['a wrong byte costs the file once', [{ kind: 'wrong-bytes', offset: CHUNK + 5, file: BIG }], 'stored', 3],
    ['a wrong byte of a small file too', [{ kind: 'wrong-bytes', offset: 5, file: 'config.json' }], 'stored', 3],
    ['bytes that stay wrong', [{ kind: 'wrong-bytes', offset: 5, file: BIG, times: null }], 'weights-corrupt', 2],
    ['too many requests for now', [{ kind: 'rate-limited', stage: 'resolve', times: 2 }], 'stored', 3],
    ['too many requests for good', [{ kind: 'rate-limited', file: BIG, times: null }], 'rate-limited', 2],
    ['trouble that passes', [{ kind: 'server-error', stage: 'resolve' }], 'stored', 3],
    ['trouble that stays', [{ kind: 'server-error', file: BIG, times: null }], 'hub-failing', 2],
    ['an expired address', [{ kind: 'expired-signature', file: BIG }], 'stored', 3],
    ['addresses that never work', [{ kind: 'expired-signature', file: BIG, times: null }], 'network', 2],
    ['no ranges', [{ kind: 'no-range', file: BIG, times: null }], 'stored', 3],
    ['a file that is gone', [{ kind: 'not-found', file: BIG, times: null }], 'weights-missing', 2],
    ['a gate', [{ kind: 'gated', file: BIG, times: null }], 'repository-gated', 2],
    ['a closed repository', [{ kind: 'disabled', file: BIG, times: null }], 'repository-disabled', 2],
  ])('%s', async (_, faults, outcome, mostFiles) => {
    await start();
    hub.faults.add(...faults);
    expect(await ensure()).toBe(outcome);
    for (const { hits } of hub.faults.list()) expect(hits).toBeGreaterThan(0);
    expect(await expectSound()).toBeLessThanOrEqual(mostFiles);
    if (outcome === 'stored') expect(await expectSound()).toBe(3);
    // Whatever happened, the next time gets there.
    hub.faults.clear();
    expect(await ensure()).toBe('stored');
    expect(await expectSound()).toBe(3);
  }); // prettier-ignore

  test('a wrong byte costs no other file', async () => {
    await start();
    hub.faults.add({ kind: 'wrong-bytes', offset: 7, file: BIG });
    expect(await ensure()).toBe('stored');
    await hub.traffic.idle();
    expect(big().repeatedBytes).toBe(BIG_BYTES);
    expect(hub.traffic.totals({ stage: 'content' }).repeatedBytes).toBe(BIG_BYTES);
  });

  test('chunks that are stored are not fetched again after a stop', async () => {
    await start();
    hub.faults.add({ kind: 'stall', afterBytes: 1000, covering: 2 * CHUNK, file: BIG });
    const running = ensure();
    await expect
      .poll(async () => (await rawKeys('weights')).filter((key) => key.includes('_data#')).length)
      .toBe(2);
    await engine.cancel('task');
    expect(await running).toBe('aborted');
    hub.faults.clear();
    await hub.traffic.idle();
    expect(await ensure()).toBe('stored');
    await hub.traffic.idle();
    expect(big().repeatedBytes).toBeLessThanOrEqual(5000);
    expect(await expectSound()).toBe(3);
  });

  test('a stored chunk that was damaged on the disk is found out', async () => {
    await start();
    const revision = repo.refs.get('main')!;
    await weights.saveChunk(ID, revision, BIG, 0, new Uint8Array(CHUNK));
    expect(await ensure()).toBe('stored');
    expect(await expectSound()).toBe(3);
  });

  test('a stored chunk that can’t be read any more is fetched again', async () => {
    await start();
    const revision = repo.refs.get('main')!;
    await weights.saveChunk(ID, revision, BIG, 1, new Uint8Array(CHUNK));
    await putRaw('weights', `${ID}@${revision}/${BIG}#0`, 'no chunk');
    expect(await ensure()).toBe('stored');
    expect(await expectSound()).toBe(3);
  });

  test('a file that is shorter than the list says is not asked for again and again', async () => {
    await start();
    const request = ensureRequest(hub, repo);
    const files = request.files.map((file) =>
      file.path === BIG ? { ...file, bytes: file.bytes + CHUNK } : file,
    );
    const reply = await engine.ensure({ ...request, files }, recorder().on);
    expect(reply).toMatchObject({ ok: false, error: { code: 'weights-corrupt' } });
  });

  test('another revision’s files go when the new one is whole, its parts at once', async () => {
    await start();
    await weights.saveChunk(ID, 'old', 'part', 0, new Uint8Array(5));
    await weights.saveChunk(ID, 'old', 'whole', 0, new Uint8Array(5));
    await weights.saveFileRecord(ID, 'old', { path: 'whole', bytes: 5, sha256: 'h' });
    hub.faults.add({ kind: 'not-found', file: BIG });
    expect(await ensure()).toBe('weights-missing');
    const old = async () => (await rawKeys('weights')).filter((key) => key.includes('@old')).sort();
    expect(await old()).toEqual([`${ID}@old/whole`, `${ID}@old/whole#0`]);
    expect(await ensure()).toBe('stored');
    expect(await old()).toEqual([]);
  });

  test('too little room is known before a byte is fetched', async () => {
    await start();
    const storage = { estimate: () => Promise.resolve({ usage: 1000, quota: 2000 }) };
    vi.stubGlobal('navigator', { storage });
    const reply = await engine.ensure(ensureRequest(hub, repo), recorder().on);
    expect(reply).toMatchObject({ ok: false, error: { code: 'quota-exceeded' } });
    expect(hub.traffic.requests()).toEqual([]);
  });

  test('where nothing can be stored the files are held in memory, and not fetched again', async () => {
    await start();
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const reply = await engine.ensure(ensureRequest(hub, repo), recorder().on);
    if (!reply.ok) throw new Error(reply.error.detail);
    const held = reply.value.held!;
    expect(held.map(({ path, blob }) => [path, blob.size]).sort()).toEqual(
      filesOf(repo)
        .map(({ path, bytes }) => [path, bytes])
        .sort(),
    );
    hub.traffic.reset();
    const again = await engine.ensure(ensureRequest(hub, repo), recorder().on);
    expect(again.ok && again.value.held!.length).toBe(3);
    expect(hub.traffic.requests()).toEqual([]);
  });

  test('the token goes to the Hub alone, and to no address', async () => {
    await start({ tokens: [{ token: 'hf_secret', user: 'alice' }] });
    const reply = await engine.ensure(ensureRequest(hub, repo, 'hf_secret'), recorder().on);
    expect(reply.ok).toBe(true);
    await hub.traffic.idle();
    expect(hub.traffic.leaks('hf_secret')).toEqual([]);
    const asked = hub.traffic.requests({ site: 'hub', stage: 'resolve' });
    expect(asked.every(({ headers }) => headers.authorization === 'Bearer hf_secret')).toBe(true);
    expect(JSON.stringify(await rawKeys('weights'))).not.toContain('hf_secret');
  });
});
