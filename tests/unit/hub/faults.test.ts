import { expect, test } from 'vitest';

import type { Fault } from '../../hub/index';
import {
  CONFIG,
  ID,
  LARGE,
  LARGE_BYTES,
  readBody,
  resolveUrl,
  sha256,
  SMALL,
  sparseBytes,
  startTestHub,
} from './fixture';

const ASK = `Access to model ${ID} is restricted and you are not in the authorized list. Visit https://huggingface.co/${ID} to ask for access.`;

test.each<[Fault, number, string | null, string]>([
  [{ kind: 'unauthorized' }, 401, null, 'Invalid username or password.'],
  [{ kind: 'gated', status: 403 }, 403, 'GatedRepo', ASK],
  [{ kind: 'disabled' }, 403, null, 'Access to this resource is disabled.'],
  [{ kind: 'not-found' }, 404, 'EntryNotFound', 'Entry not found'],
  [{ kind: 'not-found', what: 'revision' }, 404, 'RevisionNotFound', 'Invalid rev id: main'],
  [{ kind: 'not-found', what: 'repository' }, 404, 'RepoNotFound', 'Repository not found'],
  [{ kind: 'not-found', what: 'bare' }, 404, null, 'Not Found'],
  [
    { kind: 'server-error' },
    500,
    null,
    "Internal Error - We're working hard to fix this as soon as possible!",
  ],
])('%o is what the next request meets, and the one after it does not', async (fault, ...met) => {
  const [status, code, message] = met;
  const hub = await startTestHub();
  hub.faults.add({ ...fault, file: LARGE });
  const response = await fetch(resolveUrl(hub, LARGE));
  expect(response.status).toBe(status);
  expect(response.headers.get('x-error-code')).toBe(code);
  expect(await response.text()).toBe(message);
  expect(response.headers.get('access-control-allow-origin')).not.toBeNull();
  expect((await fetch(resolveUrl(hub, LARGE), { method: 'HEAD' })).status).toBe(200);
  expect(hub.faults.list()[0]!.hits).toBe(1);
});

test('gated without a status is what someone without a token meets', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'gated' });
  const response = await fetch(resolveUrl(hub, SMALL));
  expect([response.status, response.headers.get('x-error-code')]).toEqual([401, 'GatedRepo']);
});

test("429 says when to come back, in the header and in the Hub's own", async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'rate-limited', retryAfterSeconds: 7 });
  const response = await fetch(resolveUrl(hub, SMALL));
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('7');
  expect(response.headers.get('ratelimit')).toBe('"resolvers";r=0;t=7');
});

test('an API request can fail alone', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'server-error', status: 502, stage: 'api', url: '/tree/' });
  expect((await fetch(resolveUrl(hub, SMALL))).status).toBe(200);
  expect((await fetch(`${hub.url}/api/models/${ID}`)).status).toBe(200);
  const tree = await fetch(`${hub.url}/api/models/${ID}/tree/main`);
  expect([tree.status, tree.headers.get('content-type')]).toEqual([
    502,
    'application/json; charset=utf-8',
  ]);
});

test('cut: just so many bytes arrive, then the connection ends', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'cut', afterBytes: 1_200_000, file: LARGE });
  const { bytes, complete } = await readBody(await fetch(resolveUrl(hub, LARGE)));
  expect(complete).toBe(false);
  expect(bytes.length).toBe(1_200_000);
  expect(sha256(bytes)).toBe(sha256(await sparseBytes(LARGE_BYTES, 11, 0, 1_200_000)));
  const rest = await fetch(resolveUrl(hub, LARGE), { headers: { Range: 'bytes=1200000-' } });
  expect((await readBody(rest)).bytes.length).toBe(LARGE_BYTES - 1_200_000);
  await hub.traffic.idle();
  const [first, second] = hub.traffic.requests({ site: 'cdn' });
  expect([first!.outcome, first!.sentBytes, first!.faults]).toEqual(['cut', 1_200_000, ['cut']]);
  expect(second!.outcome).toBe('complete');
});

test('an API answer can be cut as a file can', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'cut', afterBytes: 20, stage: 'api', url: '/tree/' });
  const { bytes, complete } = await readBody(await fetch(`${hub.url}/api/models/${ID}/tree/main`));
  expect([bytes.length, complete]).toEqual([20, false]);
});

test('cut before the first byte still has its headers, and a small file can be cut as well', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'cut', afterBytes: 0, file: SMALL });
  const response = await fetch(resolveUrl(hub, SMALL));
  expect(response.status).toBe(200);
  expect(await readBody(response)).toEqual({ bytes: new Uint8Array(), complete: false });
});

test('a cut waits for an answer that is long enough', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'cut', afterBytes: 1000, file: LARGE });
  const short = await fetch(resolveUrl(hub, LARGE), { headers: { Range: 'bytes=0-99' } });
  expect((await readBody(short)).complete).toBe(true);
  expect((await readBody(await fetch(resolveUrl(hub, LARGE)))).complete).toBe(false);
});

test('stall: the body stops until it is let go', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'stall', afterBytes: 1_500_000, file: LARGE });
  const response = await fetch(resolveUrl(hub, LARGE));
  const reader = response.body!.getReader();
  let received = 0;
  while (received < 1_500_000) received += (await reader.read()).value!.length;
  const next = reader.read();
  const first = await Promise.race([
    next,
    new Promise((resolve) => setTimeout(resolve, 50, 'stalled')),
  ]);
  expect([received, first]).toEqual([1_500_000, 'stalled']);
  hub.faults.release();
  received += (await next).value!.length;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    received += value.length;
  }
  expect(received).toBe(LARGE_BYTES);
});

test('stall for a time goes on by itself, and a client that leaves ends it', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'stall', afterBytes: 0, forMs: 20, file: SMALL });
  hub.faults.add({ kind: 'stall', afterBytes: 10, file: LARGE });
  expect(await (await fetch(resolveUrl(hub, SMALL))).text()).toBe(CONFIG);
  const response = await fetch(resolveUrl(hub, LARGE));
  await response.body!.cancel();
  await hub.traffic.idle();
  expect(hub.traffic.requests({ site: 'cdn' })[0]!.outcome).toBe('aborted');
});

test('wrong bytes: those of the file are turned over, once, in the answer that brings them', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'wrong-bytes', offset: 1_048_574, length: 4, file: LARGE });
  const part = async (range: string) => {
    const response = await fetch(resolveUrl(hub, LARGE), { headers: { Range: `bytes=${range}` } });
    return new Uint8Array(await response.arrayBuffer());
  };
  expect(await part('0-999')).toEqual(await sparseBytes(LARGE_BYTES, 11, 0, 1000));
  const right = await sparseBytes(LARGE_BYTES, 11, 1_000_000, 1_100_000);
  const wrong = await part('1000000-1099999');
  const differing = [...right.keys()].filter((index) => right[index] !== wrong[index]);
  expect(differing).toEqual([48_574, 48_575, 48_576, 48_577]);
  expect(sha256(await part('1000000-1099999'))).toBe(sha256(right));
});

test('no Range: the whole file comes with 200', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'no-range', file: LARGE, times: null });
  for (let attempt = 0; attempt < 2; attempt++) {
    const response = await fetch(resolveUrl(hub, LARGE), { headers: { Range: 'bytes=5-9' } });
    expect([response.status, response.headers.get('accept-ranges')]).toEqual([200, null]);
    expect((await readBody(response)).bytes.length).toBe(LARGE_BYTES);
  }
});

test('expired signature: the CDN refuses, the next try is served', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'expired-signature' });
  expect((await fetch(resolveUrl(hub, SMALL))).status).toBe(200);
  const refused = await fetch(resolveUrl(hub, LARGE));
  expect([refused.status, new URL(refused.url).origin]).toEqual([403, hub.origins.cdn]);
  expect((await fetch(resolveUrl(hub, LARGE), { method: 'HEAD' })).status).toBe(200);
});

test('redirect without CORS: the first hop, or the one after it, allows no origin', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'redirect-without-cors' });
  const first = await fetch(resolveUrl(hub, LARGE), { redirect: 'manual' });
  expect(first.status).toBe(302);
  expect([...first.headers.keys()].filter((name) => name.includes('access-control'))).toEqual([]);
  hub.faults.add({ kind: 'redirect-without-cors', stage: 'content' });
  const last = await fetch(resolveUrl(hub, LARGE), { method: 'HEAD' });
  expect([last.status, last.headers.get('access-control-allow-origin')]).toEqual([200, null]);
});

test('slow: the bytes take their time', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'slow', bytesPerSecond: 1_000_000, file: LARGE });
  const start = performance.now();
  await (
    await fetch(resolveUrl(hub, LARGE), { headers: { Range: 'bytes=0-99999' } })
  ).arrayBuffer();
  expect(performance.now() - start).toBeGreaterThan(80);
});

test('skip, times and covering say which requests a fault is for', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'server-error', file: SMALL, skip: 1, times: 2 });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    statuses.push((await fetch(resolveUrl(hub, SMALL))).status);
  }
  expect(statuses).toEqual([200, 500, 500, 200]);
  hub.faults.add({ kind: 'cut', afterBytes: 10, file: LARGE, covering: 2_000_000 });
  const cut = async (range: string) => {
    const headers = { Range: `bytes=${range}` };
    return !(await readBody(await fetch(resolveUrl(hub, LARGE), { headers }))).complete;
  };
  expect([await cut('0-999999'), await cut('1900000-2100000')]).toEqual([false, true]);
});

test('a fault of one file leaves the others and other repositories alone', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'server-error', repo: ID, file: LARGE });
  hub.faults.add({ kind: 'server-error', repo: 'owner/other' });
  expect((await fetch(resolveUrl(hub, SMALL))).status).toBe(200);
  expect((await fetch(resolveUrl(hub, LARGE))).status).toBe(500);
  hub.faults.clear();
  expect(hub.faults.list()).toEqual([]);
});
