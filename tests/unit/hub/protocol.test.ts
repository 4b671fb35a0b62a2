import http from 'node:http';

import { expect, test } from 'vitest';

import { buildRepo } from '../../hub/index';
import {
  CONFIG,
  ID,
  LARGE,
  LARGE_BYTES,
  resolveUrl,
  SMALL,
  sparseBytes,
  startTestHub,
} from './fixture';

const EXPOSED =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash';
const ORIGIN = 'https://app.example';

function firstHop(url: string, headers: Record<string, string> = {}, method = 'GET') {
  return fetch(url, { method, redirect: 'manual', headers: { Origin: ORIGIN, ...headers } });
}

test('a file in git: 307 to the same origin, with everything the client needs to know', async () => {
  const hub = await startTestHub();
  const response = await firstHop(resolveUrl(hub, SMALL));
  const { refs, commits } = hub.repos.get(ID)!;
  const sha = refs.get('main')!;
  const { oid } = commits.get(sha)!.entries.get(SMALL)!;
  expect(response.status).toBe(307);
  expect(response.headers.get('location')).toBe(
    `/api/resolve-cache/models/${ID}/${sha}/${SMALL}?%2Fowner%2Ftiny%2Fresolve%2Fmain%2Fconfig.json=&etag=%22${oid}%22`,
  );
  expect(response.headers.get('x-repo-commit')).toBe(sha);
  expect(await response.text()).toMatch(/^Temporary Redirect\. Redirecting to \/api/);
  const followed = await fetch(resolveUrl(hub, SMALL));
  expect(followed.headers.get('etag')).toBe(`"${oid}"`);
  expect(followed.headers.get('content-disposition')).toContain('filename="config.json"');
  expect(await followed.text()).toBe(CONFIG);
});

test('a file in LFS: 302 to the signed URL of another origin', async () => {
  const hub = await startTestHub();
  const response = await firstHop(resolveUrl(hub, LARGE));
  const { key, refs } = hub.repos.get(ID)!;
  const lfs = hub.repos.get(ID)!.at('main')!.entries.get(LARGE)!.lfs!;
  const location = new URL(response.headers.get('location')!);
  expect(response.status).toBe(302);
  expect(location.origin).toBe(hub.origins.cdn);
  expect(location.origin).not.toBe(hub.url);
  expect(location.pathname).toBe(`/xet-bridge-us/${key}/${lfs.xetHash}`);
  const expiresIn = Number(location.searchParams.get('Expires')) - Date.now() / 1000;
  expect(expiresIn).toBeGreaterThan(3500);
  for (const name of ['Policy', 'Signature', 'Key-Pair-Id', 'X-Xet-Cas-Uid']) {
    expect(location.searchParams.get(name)).not.toBeNull();
  }
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-repo-commit': refs.get('main'),
    'x-linked-size': String(LARGE_BYTES),
    'x-linked-etag': `"${lfs.sha256}"`,
    'x-xet-hash': lfs.xetHash,
    'accept-ranges': 'bytes',
  });
});

test('the Hub allows the asking origin and exposes its own list, the CDN allows all', async () => {
  const hub = await startTestHub();
  const onHub = await firstHop(resolveUrl(hub, LARGE));
  expect(onHub.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(onHub.headers.get('access-control-expose-headers')).toBe(EXPOSED);
  expect(onHub.headers.get('vary')).toBe('Origin');
  const onCdn = await firstHop(onHub.headers.get('location')!);
  expect(onCdn.headers.get('access-control-allow-origin')).toBe('*');
  expect(onCdn.headers.get('access-control-expose-headers')).toBe('*');
  expect(onCdn.headers.get('cache-control')).toBe('public, max-age=31536000');
  expect(onCdn.headers.get('x-linked-size')).toBeNull();
});

test('preflights are answered on both origins', async () => {
  const hub = await startTestHub();
  const headers = {
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'authorization',
  };
  const onHub = await firstHop(`${hub.url}/api/models/${ID}`, headers, 'OPTIONS');
  expect(onHub.status).toBe(200);
  expect(onHub.headers.get('access-control-allow-headers')).toBe('authorization');
  expect(onHub.headers.get('access-control-allow-methods')).toBe('GET');
  const onCdn = await firstHop(`${hub.origins.cdn}/anything`, headers, 'OPTIONS');
  expect(onCdn.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
});

test.each([
  ['bytes=0-0', 0, 1],
  ['bytes=1048570-1048590', 1_048_570, 1_048_591],
  ['bytes=2999990-', 2_999_990, LARGE_BYTES],
  ['bytes=-10', LARGE_BYTES - 10, LARGE_BYTES],
  ['bytes=2999999-9999999', 2_999_999, LARGE_BYTES],
])('Range %s brings just these bytes', async (range, start, end) => {
  const hub = await startTestHub();
  const response = await fetch(resolveUrl(hub, LARGE), { headers: { Range: range } });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${LARGE_BYTES}`);
  expect(response.headers.get('content-length')).toBe(String(end - start));
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(
    await sparseBytes(LARGE_BYTES, 11, start, end),
  );
});

test('a range past the end is 416, one that makes no sense is the whole file', async () => {
  const hub = await startTestHub();
  const past = await fetch(resolveUrl(hub, LARGE), { headers: { Range: 'bytes=3000000-' } });
  expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */3000000']);
  const senseless = await fetch(resolveUrl(hub, SMALL), { headers: { Range: 'bytes=5-2' } });
  expect([senseless.status, await senseless.text()]).toEqual([200, CONFIG]);
});

test('a range whose file has changed since brings the whole file', async () => {
  const hub = await startTestHub();
  const headers = { Range: 'bytes=0-3', 'If-Range': '"another"' };
  const response = await fetch(resolveUrl(hub, SMALL), { headers });
  expect([response.status, await response.text()]).toEqual([200, CONFIG]);
});

test('HEAD is answered at each hop, with the length and without a body', async () => {
  const hub = await startTestHub();
  const large = await fetch(resolveUrl(hub, LARGE), { method: 'HEAD' });
  expect(large.headers.get('content-length')).toBe(String(LARGE_BYTES));
  expect(large.headers.get('accept-ranges')).toBe('bytes');
  const info = await fetch(`${hub.url}/api/models/${ID}`, { method: 'HEAD' });
  expect([info.status, await info.text()]).toEqual([200, '']);
  expect(hub.traffic.totals().sentBytes).toBe(0);
});

test('a file that has not changed is 304', async () => {
  const hub = await startTestHub();
  const etag = (await fetch(resolveUrl(hub, SMALL))).headers.get('etag')!;
  const again = await fetch(resolveUrl(hub, SMALL), { headers: { 'If-None-Match': etag } });
  expect(again.status).toBe(304);
});

/** The headers as they are: fetch would have unpacked the body and forgotten how it came. */
function rawHeaders(url: URL, headers: Record<string, string>) {
  return new Promise<http.IncomingHttpHeaders>((resolve, reject) => {
    const request = http.get(url, { headers }, (response) => {
      response.resume();
      resolve(response.headers);
    });
    request.once('error', reject);
  });
}

test('a text file is packed on the way and then has no length; a range of it is not', async () => {
  const hub = await startTestHub();
  const hop = await firstHop(resolveUrl(hub, 'tokenizer.json'));
  const url = new URL(hop.headers.get('location')!, hub.url);
  const packed = await rawHeaders(url, { 'Accept-Encoding': 'gzip' });
  expect(packed['content-encoding']).toBe('gzip');
  expect(packed['content-length']).toBeUndefined();
  expect(packed['accept-ranges']).toBeUndefined();
  expect(packed.etag).toMatch(/^W\/"/);
  const part = await rawHeaders(url, { 'Accept-Encoding': 'gzip', Range: 'bytes=0-0' });
  expect(part['content-encoding']).toBeUndefined();
  expect(part['content-range']).toMatch(/^bytes 0-0\/\d+$/);
  const text = await (await fetch(resolveUrl(hub, 'tokenizer.json'))).text();
  expect(JSON.parse(text)).toHaveLength(400);
});

test('the xet-fileinfo request describes an LFS file instead of sending it', async () => {
  const hub = await startTestHub();
  const headers = { Accept: 'application/vnd.xet-fileinfo+json, */*', Range: 'bytes=0-0' };
  const response = await firstHop(resolveUrl(hub, LARGE), headers);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/vnd.xet-fileinfo+json');
  expect(response.headers.get('x-linked-size')).toBe(String(LARGE_BYTES));
  expect(response.headers.get('link')).toMatch(
    /rel="xet-auth", <.*>; rel="xet-reconstruction-info"/,
  );
  const small = await firstHop(resolveUrl(hub, SMALL), headers);
  expect(small.status).toBe(307);
});

test('a signature that is changed or too old is refused, a new one is had by asking again', async () => {
  let now = Date.now();
  const hub = await startTestHub({ now: () => now, signatureSeconds: 60 });
  const url = (await firstHop(resolveUrl(hub, LARGE))).headers.get('location')!;
  expect((await firstHop(url, {}, 'HEAD')).status).toBe(200);
  expect((await firstHop(url.replace('Expires=', 'Expires=9'))).status).toBe(403);
  now += 61_000;
  const late = await firstHop(url);
  expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  expect((await fetch(resolveUrl(hub, LARGE), { method: 'HEAD' })).status).toBe(200);
});

test('a commit stays what it was after main has moved on', async () => {
  const hub = await startTestHub();
  const repo = hub.repos.get(ID)!;
  const first = repo.refs.get('main')!;
  const second = await repo.commit({ [SMALL]: '{"v":2}' });
  expect(second).not.toBe(first);
  expect(await (await fetch(resolveUrl(hub, SMALL))).text()).toBe('{"v":2}');
  expect(await (await fetch(resolveUrl(hub, SMALL, ID, first))).text()).toBe(CONFIG);
  const info = await fetch(`${hub.url}/api/models/${ID}/revision/main`);
  expect(await info.json()).toMatchObject({ id: ID, sha: second });
});

test('a revision with slashes is found encoded and as it is', async () => {
  const hub = await startTestHub();
  await hub.repos.get(ID)!.commit({ [SMALL]: '{"pr":1}' }, { branch: 'refs/pr/1' });
  for (const revision of ['refs%2Fpr%2F1', 'refs/pr/1']) {
    expect(await (await fetch(resolveUrl(hub, SMALL, ID, revision))).text()).toBe('{"pr":1}');
  }
});

test('file names with spaces and signs are served under their encoded path', async () => {
  const odd = await buildRepo('single', { 'a b/c#d?.json': '{}' });
  const hub = await startTestHub({ repos: [odd] });
  const url = `${hub.url}/single/resolve/main/a%20b/c%23d%3F.json`;
  expect(await (await fetch(url)).text()).toBe('{}');
});

test.each([
  [404, 'EntryNotFound', 'Entry not found', `${ID}/resolve/main/none.json`],
  [404, 'RevisionNotFound', 'Invalid rev id: none', `${ID}/resolve/none/${SMALL}`],
  [401, null, 'Invalid username or password.', `owner/none/resolve/main/${SMALL}`],
])('%i %s is plain text at a file, JSON at the API', async (status, code, message, path) => {
  const hub = await startTestHub();
  const file = await fetch(`${hub.url}/${path}`);
  expect([file.status, file.headers.get('x-error-code')]).toEqual([status, code]);
  expect(file.headers.get('x-error-message')).toBe(message);
  expect(await file.text()).toBe(message);
  const [owner, name, , revision] = path.split('/');
  if (code === 'EntryNotFound') return;
  const api = await fetch(`${hub.url}/api/models/${owner}/${name}/tree/${revision}`);
  expect([api.status, api.headers.get('x-error-code')]).toEqual([status, code]);
  expect(await api.json()).toEqual({ error: message });
});

test('a folder that is not there and an unknown API are told apart from a repository', async () => {
  const hub = await startTestHub();
  const folder = await fetch(`${hub.url}/api/models/${ID}/tree/main/none`);
  expect(folder.headers.get('x-error-code')).toBe('EntryNotFound');
  expect(await folder.json()).toEqual({ error: 'none does not exist on "main"' });
  expect((await fetch(`${hub.url}/api/nothing/of/the/kind`)).status).toBe(404);
});

test('pages for people are HTML that no other origin may read', async () => {
  const hub = await startTestHub();
  const response = await firstHop(`${hub.url}/${ID}/tree/main`);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});
