/** What the browser tests of downloads call: the app's own engine, without a screen. */
import { createSHA1, createSHA256 } from 'hash-wasm';
import type { DownloadProgress } from '../../../src/core/download';
import { toErrorData, type ErrorData } from '../../../src/core/errors';
import type { HubAccess } from '../../../src/core/hub/endpoint';
import { HeldWeights } from '../../../src/engine/held-weights';
import { VisionClient } from '../../../src/engine/vision';
import { Weights } from '../../../src/engine/weights';
import { modelById } from '../../../src/models/registry';
import type { ModelFile, ModelSpec } from '../../../src/models/spec';
import { store } from '../../../src/storage/db';
import { savedFile } from '../../../src/storage/weights';
import { roomFor, storedModels } from '../../../src/storage/stored-models';
import { ERROR_TEXT } from '../../../src/ui/common/error-text';
import { storeCache, type CachedModel } from '../../../workers/engine/store-cache';
import type { SessionReport, SessionRequest } from './session.worker';

export interface Outcome {
  /** Null: it is stored. */
  readonly error: ErrorData | null;
  /** What a person reads. */
  readonly sentence: string;
  readonly fetchedBytes: number;
  readonly isHeld: boolean;
}

let access: HubAccess = { endpoint: '' };
const held = new HeldWeights();
const patient = new Weights({ access: () => access, held });
const impatient = new Weights({
  access: () => access,
  held,
  create: () =>
    new Worker(new URL('./impatient.worker.ts', import.meta.url), {
      type: 'module',
      name: 'weights',
    }),
});
let progress: DownloadProgress[] = [];
let stop = new AbortController();

/** What a screen would make of a repository; only what a download needs of it matters here. */
async function resolve(repository: string, revision = 'main'): Promise<ModelSpec> {
  const { files, commit } = await impatient.lookUp({ repository, revision });
  return {
    id: repository,
    name: repository,
    role: 'vision',
    family: 'qwen2_vl',
    revision: commit,
    precision: 'q4',
    files: files.filter(({ path }) => path !== '.gitattributes'),
    source: { kind: 'hub', repository },
    licence: 'mit',
    summary: '',
    figures: {},
  };
}

async function download(
  repository: string,
  options: { readonly patient?: boolean; readonly embedded?: boolean } = {},
): Promise<Outcome> {
  progress = [];
  stop = new AbortController();
  try {
    const spec = options.embedded === true ? modelById(repository) : await resolve(repository);
    if (spec === undefined) throw new Error(`no model ${repository}`);
    const weights = options.patient === true ? patient : impatient;
    const report = await weights.download(spec, (now) => progress.push(now), stop.signal);
    const { fetchedBytes } = report;
    return { error: null, sentence: '', fetchedBytes, isHeld: report.held !== null };
  } catch (error) {
    const data = toErrorData(error);
    const { what, next } = ERROR_TEXT[data.code];
    return { error: data, sentence: `${what} ${next}`, fetchedBytes: 0, isHeld: false };
  }
}

/** Every file that counts as stored, hashed again; what does not count, in bytes. */
async function inspect(): Promise<{
  readonly files: readonly string[];
  readonly wrong: readonly string[];
  readonly partBytes: number;
}> {
  const files: string[] = [];
  const wrong: string[] = [];
  let parts = 0;
  for (const { modelId, revision, files: paths, partBytes } of await storedModels()) {
    parts += partBytes;
    for (const path of paths) {
      files.push(path);
      if (!(await isSound(modelId, revision, path))) wrong.push(path);
    }
  }
  return { files: files.sort(), wrong, partBytes: parts };
}

async function isSound(modelId: string, revision: string, path: string): Promise<boolean> {
  const record = await store('weights')('readonly', (rows) => {
    const request = rows.get(`${modelId}@${revision}/${path}`) as IDBRequest<ModelFile>;
    return new Promise<ModelFile>((done) => {
      request.onsuccess = () => done(request.result);
    });
  });
  const saved = await savedFile(modelId, revision, path);
  if (saved === undefined) return false;
  const isGit = 'gitOid' in record;
  const hash = isGit ? await createSHA1() : await createSHA256();
  if (isGit) hash.update(`blob ${String(saved.bytes)}\0`);
  const reader = saved.stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    hash.update(value);
  }
  return hash.digest('hex') === (isGit ? record.gitOid : record.sha256);
}

/** Everything that is on the disk, as text: to look for what must not be there. */
async function dump(): Promise<string> {
  const texts: string[] = [JSON.stringify(Object.entries(localStorage))];
  for (const name of ['weights', 'settings', 'models', 'runs', 'journal'] as const) {
    texts.push(
      await store(name)('readonly', (rows) => {
        const keys = rows.getAllKeys();
        return new Promise<string>((done) => {
          keys.onsuccess = () => done(JSON.stringify(keys.result));
        });
      }),
    );
  }
  return texts.join('\n');
}

/** Loads an embedded model from wherever its files are now; milliseconds. */
async function load(modelId: string): Promise<number> {
  const spec = modelById(modelId);
  if (spec === undefined) throw new Error(`no model ${modelId}`);
  const client = new VisionClient(held);
  try {
    const request = { modelId, revision: spec.revision, device: 'wasm', threads: 1 } as const;
    return (await client.load(request, new AbortController().signal)).loadMs;
  } finally {
    client.stop();
  }
}

function session(request: SessionRequest): Promise<SessionReport> {
  const worker = new Worker(new URL('./session.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<SessionReport>((done, fail) => {
    worker.onmessage = ({ data }: MessageEvent<SessionReport | { readonly error: string }>) => {
      if ('error' in data) fail(new Error(data.error));
      else done(data);
    };
    worker.onerror = ({ message }) => fail(new Error(message));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

/** Copies stored files into a cache of the Cache API, under their paths. */
async function copyToCache(model: CachedModel, name: string, paths: readonly string[]) {
  const cache = await caches.open(name);
  for (const path of paths) {
    const stored = await storeCache(model).match(`/models/${model.modelId}/${path}`);
    if (stored === undefined) throw new Error(`${path} is not stored`);
    await cache.put(`/${path}`, stored);
  }
}

const page = {
  use: (now: HubAccess) => {
    access = now;
  },
  resolve,
  download,
  stop: () => stop.abort(),
  progress: () => progress,
  inspect,
  dump,
  load,
  copyToCache,
  session,
  roomFor,
};

declare global {
  var downloads: typeof page;
}

globalThis.downloads = page;
