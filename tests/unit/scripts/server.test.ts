import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { startServer } from '../../../scripts/serve.mjs';

type Server = Awaited<ReturnType<typeof startServer>>;
type Options = NonNullable<Parameters<typeof startServer>[0]>;

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
const root = join(folder, 'dist');
const running: Server[] = [];

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>app</title>');
  writeFileSync(join(root, 'data.bin'), '0123456789');
  writeFileSync(join(root, 'empty.txt'), '');
  writeFileSync(join(root, '.build-inputs'), 'hash');
  writeFileSync(join(root, 'assets', 'index-Ab3_x-9Z.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'a-sample.png'), 'no hash in the name');
  for (const name of ['a.wasm', 'a.mjs', 'a.json', 'a.onnx', 'a.webmanifest', 'sw.js']) {
    writeFileSync(join(root, name), 'x');
  }
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function serve(options: Options = {}): Promise<Server> {
  const server = await startServer({ root, ...options });
  running.push(server);
  return server;
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const { url } = await serve();
  return fetch(new URL(path, url), { headers });
}

/** The status of a request whose target reaches the server as it is written, unlike fetch's. */
async function rawStatus(target: string): Promise<number | undefined> {
  const { port } = await serve();
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: target }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
}

test('a folder answers with its index.html, with its length', async () => {
  const response = await get('/');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-length')).toBe('33');
  expect(await response.text()).toContain('<title>app</title>');
});

test.each([
  ['a.wasm', 'application/wasm'],
  ['a.mjs', 'text/javascript; charset=utf-8'],
  ['a.json', 'application/json; charset=utf-8'],
  ['a.onnx', 'application/octet-stream'],
  ['a.webmanifest', 'application/manifest+json; charset=utf-8'],
])('%s is sent as %s', async (path, type) => {
  expect((await get(path)).headers.get('content-type')).toBe(type);
});

test.each(['/', '/data.bin', '/nothing.js'])(
  '%s comes isolated and with a policy',
  async (path) => {
    const { headers } = await get(path);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval' blob:",
        "connect-src 'self' blob: data: https: http://127.0.0.1:* http://localhost:*",
      ]),
    );
    expect(policy).not.toContain("'unsafe-eval'");
  },
);

test('isolation can be left off; the policy stays', async () => {
  const { url } = await serve({ isolation: false });
  const { headers } = await fetch(url);
  expect(headers.get('cross-origin-opener-policy')).toBeNull();
  expect(headers.get('cross-origin-embedder-policy')).toBeNull();
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
});

test.each([
  ['bytes=2-4', 'bytes 2-4/10', '234'],
  ['bytes=7-', 'bytes 7-9/10', '789'],
  ['bytes=-3', 'bytes 7-9/10', '789'],
  ['bytes=-30', 'bytes 0-9/10', '0123456789'],
  ['bytes=8-99', 'bytes 8-9/10', '89'],
])('the range %s is answered with %s', async (range, contentRange, body) => {
  const response = await get('/data.bin', { Range: range });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(contentRange);
  expect(response.headers.get('content-length')).toBe(String(body.length));
  expect(await response.text()).toBe(body);
});

test.each(['bytes=10-', 'bytes=-0'])(
  'the range %s lies outside: 416 with the size',
  async (range) => {
    const response = await get('/data.bin', { Range: range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */10');
  },
);

test.each(['bytes=0-1,4-5', 'items=0-1', 'bytes=-', 'bytes=4-2'])(
  'the range %s is not supported: the whole file',
  async (range) => {
    const response = await get('/data.bin', { Range: range });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('0123456789');
  },
);

test('a range of another version of the file gets the whole file', async () => {
  const etag = (await get('/data.bin')).headers.get('etag') ?? '';
  const same = await get('/data.bin', { Range: 'bytes=0-1', 'If-Range': etag });
  const other = await get('/data.bin', { Range: 'bytes=0-1', 'If-Range': '"old"' });
  expect([same.status, other.status]).toEqual([206, 200]);
});

test('an empty file is an empty answer, and has no range', async () => {
  const whole = await get('/empty.txt');
  expect([whole.status, await whole.text()]).toEqual([200, '']);
  expect((await get('/empty.txt', { Range: 'bytes=0-' })).status).toBe(416);
});

test('an unchanged file is not sent again, a changed one is', async () => {
  const path = join(root, 'changing.json');
  writeFileSync(path, '[]');
  const etag = (await get('/changing.json')).headers.get('etag') ?? '';
  const again = await get('/changing.json', { 'If-None-Match': `"x", W/${etag}` });
  expect([again.status, await again.text()]).toEqual([304, '']);
  writeFileSync(path, '[1]');
  expect((await get('/changing.json', { 'If-None-Match': etag })).status).toBe(200);
});

test.each([
  ['/', 'no-cache'],
  ['/sw.js', 'no-cache'],
  ['/data.bin', 'no-cache'],
  ['/assets/a-sample.png', 'no-cache'],
  ['/assets/index-Ab3_x-9Z.js', 'public, max-age=31536000, immutable'],
])('%s is cached as %s', async (path, control) => {
  expect((await get(path)).headers.get('cache-control')).toBe(control);
});

test('HEAD gives the headers without the body; other methods are refused', async () => {
  const { url } = await serve();
  const head = await fetch(`${url}data.bin`, { method: 'HEAD', headers: { Range: 'bytes=0-1' } });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
  expect(await head.text()).toBe('');
  const post = await fetch(url, { method: 'POST', body: 'x' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test.each(['/nothing.js', '/assets', '/assets/', '/.build-inputs', '/index.html/x'])(
  '%s is not there: 404 as text',
  async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('404 Not Found\n');
  },
);

test.each([
  ['/../secret.txt', 403],
  ['/assets/../../secret.txt', 403],
  ['/%2e%2e/secret.txt', 403],
  ['/..%2fsecret.txt', 403],
  ['/..%5csecret.txt', 403],
  ['/link.txt', 403],
  ['/%00', 400],
  ['/%zz', 400],
  ['http://127.0.0.1/data.bin', 400],
])('%s does not lead out of the folder: %i', async (target, status) => {
  expect(await rawStatus(target)).toBe(status);
});

test('a blocked path is answered as if it were not there', async () => {
  const { url } = await serve({ block: (pathname) => pathname === '/data.bin' });
  expect((await fetch(`${url}data.bin`)).status).toBe(404);
  expect((await fetch(url)).status).toBe(200);
});

test('a taken port is an error with its code, a free one is told', async () => {
  const first = await serve();
  expect(first.url).toBe(`http://127.0.0.1:${String(first.port)}/`);
  await expect(startServer({ root, port: first.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('closing does not wait for a connection that is kept alive', async () => {
  const server = await startServer({ root });
  await (await fetch(server.url)).text();
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});
