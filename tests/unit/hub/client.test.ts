/** The server against the Hub's own client: what that takes for the Hub is the Hub's protocol. */
import {
  checkRepoAccess,
  downloadFile,
  fileDownloadInfo,
  fileExists,
  listFiles,
  modelInfo,
  pathsInfo,
  repoExists,
  whoAmI,
} from '@huggingface/hub';
import { expect, test } from 'vitest';

import { buildRepo, sparse } from '../../hub/index';
import {
  collect,
  CONFIG,
  ID,
  LARGE,
  LARGE_BYTES,
  sha256,
  SMALL,
  sparseBytes,
  startTestHub,
} from './fixture';

test('listFiles walks the folders, and lfs.oid is the SHA-256 of the bytes', async () => {
  const hub = await startTestHub();
  const entries = await collect(listFiles({ repo: ID, recursive: true, hubUrl: hub.url }));
  expect(entries.map(({ type, path }) => `${type} ${path}`)).toEqual([
    'directory onnx',
    'file .gitattributes',
    'file config.json',
    `file ${LARGE}`,
    'file tokenizer.json',
  ]);
  const large = entries.find(({ path }) => path === LARGE)!;
  const bytes = await sparseBytes(LARGE_BYTES, 11, 0, LARGE_BYTES);
  expect(large.size).toBe(LARGE_BYTES);
  expect(large.lfs).toEqual({ oid: sha256(bytes), size: LARGE_BYTES, pointerSize: 132 });
  expect(large.xetHash).toMatch(/^[0-9a-f]{64}$/);
  expect(entries.find(({ path }) => path === SMALL)!.lfs).toBeUndefined();
});

test('listFiles follows the Link header from page to page', async () => {
  const hub = await startTestHub({ treePageSize: 2 });
  const params = { repo: ID, recursive: true, hubUrl: hub.url };
  const paths = (await collect(listFiles(params))).map(({ path }) => path);
  expect(new Set(paths).size).toBe(5);
  expect(hub.traffic.requests({ stage: 'api' })).toHaveLength(3);
});

test('listFiles lists one folder, and expand adds the commit', async () => {
  const hub = await startTestHub();
  const params = { repo: ID, path: 'onnx', expand: true, hubUrl: hub.url };
  const [entry, ...others] = await collect(listFiles(params));
  expect(entry!.path).toBe(LARGE);
  expect(entry!.lastCommit!.id).toBe(hub.repos.get(ID)!.refs.get('main'));
  expect(others).toEqual([]);
});

test('fileDownloadInfo learns size, SHA-256 and Xet hash of an LFS file without a redirect', async () => {
  const hub = await startTestHub();
  const info = (await fileDownloadInfo({ repo: ID, path: LARGE, hubUrl: hub.url }))!;
  const { lfs } = hub.repos.get(ID)!.at('main')!.entries.get(LARGE)!;
  expect(info).toMatchObject({ size: LARGE_BYTES, etag: `"${lfs!.sha256}"` });
  expect(info.xet!.hash).toBe(lfs!.xetHash);
  expect(hub.traffic.requests({ site: 'cdn' })).toEqual([]);
});

test('fileDownloadInfo gives a git file its git id, a pointer its own, and nothing for what is not there', async () => {
  const hub = await startTestHub();
  const small = (await fileDownloadInfo({ repo: ID, path: SMALL, hubUrl: hub.url }))!;
  const { oid } = hub.repos.get(ID)!.at('main')!.entries.get(SMALL)!;
  expect(small).toMatchObject({ size: CONFIG.length, etag: `"${oid}"` });
  const raw = (await fileDownloadInfo({ repo: ID, path: LARGE, raw: true, hubUrl: hub.url }))!;
  expect(raw.size).toBe(132);
  expect(await fileDownloadInfo({ repo: ID, path: 'nowhere.json', hubUrl: hub.url })).toBeNull();
});

test('downloadFile brings the bytes of both kinds of file, and a slice of one by Range', async () => {
  const plain = await buildRepo(
    'owner/plain',
    { 'model.bin': sparse({ size: 2_500_000, seed: 5 }) },
    { xet: false, lfs: { fromBytes: 1_000_000 } },
  );
  const hub = await startTestHub({ repos: [plain] });
  const small = (await downloadFile({ repo: ID, path: SMALL, hubUrl: hub.url }))!;
  expect(await small.text()).toBe(CONFIG);
  const params = { repo: ID, path: LARGE, xet: false, hubUrl: hub.url };
  const large = (await downloadFile(params))!;
  const whole = new Uint8Array(await large.arrayBuffer());
  expect(sha256(whole)).toBe(hub.repos.get(ID)!.at('main')!.entries.get(LARGE)!.lfs!.sha256);
  const slice = await large.slice(1_048_000, 1_049_000).arrayBuffer();
  expect(sha256(new Uint8Array(slice))).toBe(sha256(whole.subarray(1_048_000, 1_049_000)));
  const other = (await downloadFile({ repo: 'owner/plain', path: 'model.bin', hubUrl: hub.url }))!;
  expect(sha256(new Uint8Array(await other.arrayBuffer()))).toBe(
    sha256(await sparseBytes(2_500_000, 5, 0, 2_500_000)),
  );
});

test('modelInfo, pathsInfo, repoExists and fileExists are answered', async () => {
  const hub = await startTestHub();
  const at = { hubUrl: hub.url };
  const info = await modelInfo({ name: ID, additionalFields: ['sha', 'tags'], ...at });
  expect(info).toMatchObject({ name: ID, gated: false, private: false, tags: ['license:mit'] });
  expect(info.sha).toBe(hub.repos.get(ID)!.refs.get('main'));
  const paths = ['onnx', LARGE, 'nowhere'];
  const rows = await pathsInfo({ repo: ID, paths, expand: true, ...at });
  expect(rows.map(({ type, path }) => `${type} ${path}`)).toEqual([
    'directory onnx',
    `file ${LARGE}`,
  ]);
  expect(rows[1]!.lastCommit.date).toBeInstanceOf(Date);
  expect(await repoExists({ repo: ID, ...at })).toBe(true);
  expect(await repoExists({ repo: 'owner/none', ...at })).toBe(false);
  expect(await fileExists({ repo: ID, path: SMALL, ...at })).toBe(true);
  expect(await fileExists({ repo: ID, path: 'none', ...at })).toBe(false);
});

test('a dataset is found as a dataset and not as a model', async () => {
  const set = await buildRepo('owner/set', { 'data/a.jsonl': '{}\n' }, { type: 'dataset' });
  const hub = await startTestHub({ repos: [set] });
  const repo = { type: 'dataset', name: 'owner/set' } as const;
  const file = await downloadFile({ repo, path: 'data/a.jsonl', hubUrl: hub.url });
  expect(await file!.text()).toBe('{}\n');
  expect(await repoExists({ repo, hubUrl: hub.url })).toBe(true);
  expect(await repoExists({ repo: 'owner/set', hubUrl: hub.url })).toBe(false);
});

test('whoAmI and checkRepoAccess know the token', async () => {
  const repo = await buildRepo('owner/hidden', { a: 'b' }, { private: true, readers: ['alice'] });
  const hub = await startTestHub({ repos: [repo], tokens: [{ token: 'hf_a', user: 'alice' }] });
  const who = await whoAmI({ accessToken: 'hf_a', hubUrl: hub.url });
  expect(who).toMatchObject({ type: 'user', name: 'alice', auth: { type: 'access_token' } });
  const params = { repo: 'owner/hidden', hubUrl: hub.url };
  await checkRepoAccess({ ...params, accessToken: 'hf_a' });
  await expect(checkRepoAccess(params)).rejects.toMatchObject({ statusCode: 401 });
});
