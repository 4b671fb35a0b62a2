import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { buildRepo, folderFiles, HUB_GITATTRIBUTES, sparse } from '../../hub/index';
import { resolveUrl, sha256, sparseBytes, startTestHub } from './fixture';

const FILES = { 'config.json': '{}', 'onnx/a.txt': 'hello\n', 'onnx-b/z': 'x', 'onnx.txt': 'y' };

test('blobs and folders have the ids that git gives them', async () => {
  const commit = (await buildRepo('a/b', FILES)).at('main')!;
  expect(commit.entries.get('onnx/a.txt')!.oid).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  // From `git write-tree` and `git ls-tree` over the same files.
  expect(Object.fromEntries(commit.folders)).toEqual({
    '': '16127b8fe7ef35752970f25536791a55c9e5ee18',
    onnx: '2e81171448eb9f2ee3821e3d447aa6b2fe3ddba1',
    'onnx-b': 'c56db693baa30afabec90b129af126bd24281ee4',
  });
});

test.each([
  ['onnx/model.onnx', true],
  ['model.safetensors', true],
  ['saved_model/a/b.txt', true],
  ['onnx/model.onnx_data', false],
  ['tokenizer.json', false],
  ['modelonnx', false],
])('the patterns that the Hub starts a repository with: %s in LFS is %s', async (path, isLfs) => {
  const files = { '.gitattributes': HUB_GITATTRIBUTES, [path]: 'x' };
  const entry = (await buildRepo('a/b', files)).at('main')!.entries.get(path)!;
  expect(entry.lfs !== undefined).toBe(isLfs);
});

test('from 10 MB on a file is in LFS whatever its name, or from where it is said', async () => {
  const inLfs = async (size: number, fromBytes?: number) => {
    const lfs = fromBytes === undefined ? {} : { fromBytes };
    const repo = await buildRepo('a/b', { a: sparse({ size, seed: 1 }) }, { lfs });
    return repo.at('main')!.entries.get('a')!.lfs !== undefined;
  };
  expect(await inLfs(9_999_999)).toBe(false);
  expect(await inLfs(10_000_000)).toBe(true);
  expect(await inLfs(5000, 5000)).toBe(true);
});

test('a folder of the disk is a repository', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'onnx'));
  mkdirSync(join(folder, '.git'));
  const bytes = await sparseBytes(2_000_000, 4, 0, 2_000_000);
  writeFileSync(join(folder, 'config.json'), '{}');
  writeFileSync(join(folder, '.git', 'HEAD'), 'ref');
  writeFileSync(join(folder, 'onnx', 'model.onnx'), bytes);
  const options = { lfs: { patterns: ['*.onnx'] } };
  const repo = await buildRepo('local/folder', await folderFiles(folder), options);
  const hub = await startTestHub({ repos: [repo] });
  expect([...repo.at('main')!.entries.keys()]).toEqual(['config.json', 'onnx/model.onnx']);
  const url = resolveUrl(hub, 'onnx/model.onnx', repo.id);
  const part = await fetch(url, { headers: { Range: 'bytes=1999000-' } });
  expect(new URL(part.url).origin).toBe(hub.origins.cdn);
  expect(sha256(new Uint8Array(await part.arrayBuffer()))).toBe(sha256(bytes.subarray(1_999_000)));
});

test('a sparse file reads the same from anywhere, and no page of it is like another', async () => {
  const whole = await sparseBytes(2_200_000, 9, 0, 2_200_000);
  expect(await sparseBytes(2_200_000, 9, 1_048_570, 1_048_590)).toEqual(
    whole.subarray(1_048_570, 1_048_590),
  );
  const pages = Array.from({ length: 500 }, (_, page) =>
    Buffer.from(whole.subarray(page * 4096, (page + 1) * 4096)).toString('base64'),
  );
  expect(new Set(pages).size).toBe(500);
  expect(await sparseBytes(2_200_000, 10, 0, 100)).not.toEqual(whole.subarray(0, 100));
});

test('2.2 GB are served from nowhere, in little memory', { timeout: 120_000 }, async () => {
  const size = 2_200_000_000;
  const before = process.memoryUsage().rss;
  const big = await buildRepo('a/big', { 'model.onnx_data': sparse({ size, seed: 7 }) });
  const hub = await startTestHub({ repos: [big] });
  // From reading the stream to its end, apart from the server.
  expect(big.at('main')!.entries.get('model.onnx_data')!.lfs!.sha256).toBe(
    '43b10515a456686ce4afa506fe10b2a910382d3947722b420d983187ba04bf66',
  );
  const headers = { Range: `bytes=${size - 20}-` };
  const end = await fetch(resolveUrl(hub, 'model.onnx_data', 'a/big'), { headers });
  expect(end.headers.get('content-range')).toBe(`bytes ${size - 20}-${size - 1}/${size}`);
  expect(new Uint8Array(await end.arrayBuffer())).toEqual(
    await sparseBytes(size, 7, size - 20, size),
  );
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
});
