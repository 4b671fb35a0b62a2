import { expect, test } from 'vitest';

import { ID, LARGE, LARGE_BYTES, readBody, resolveUrl, SMALL, startTestHub } from './fixture';

const CHUNK_BYTES = 1_000_000;

async function fetchChunk(url: string, index: number) {
  const range = `bytes=${index * CHUNK_BYTES}-${(index + 1) * CHUNK_BYTES - 1}`;
  return readBody(await fetch(url, { headers: { Range: range } }));
}

test('bytes that came once are told from bytes that came again', async () => {
  const hub = await startTestHub();
  const url = resolveUrl(hub, LARGE);
  hub.faults.add({ kind: 'cut', afterBytes: 400_000, covering: CHUNK_BYTES });
  await Promise.all([0, 1, 2].map((index) => fetchChunk(url, index)));
  await hub.traffic.idle();
  const about = { site: 'cdn', repo: ID, file: LARGE } as const;
  expect(hub.traffic.totals(about)).toMatchObject({
    requests: 3,
    sentBytes: 2_400_000,
    uniqueBytes: 2_400_000,
    repeatedBytes: 0,
    longestBytes: CHUNK_BYTES,
  });
  const mark = hub.traffic.mark();
  await fetchChunk(url, 1);
  await hub.traffic.idle();
  expect(hub.traffic.totals(about)).toMatchObject({
    uniqueBytes: LARGE_BYTES,
    repeatedBytes: 400_000,
  });
  expect(hub.traffic.totals({ ...about, after: mark })).toMatchObject({
    requests: 1,
    sentBytes: CHUNK_BYTES,
  });
});

test('the requests in flight at the same time are counted', async () => {
  const hub = await startTestHub();
  const url = resolveUrl(hub, LARGE);
  hub.faults.add({ kind: 'stall', afterBytes: 0, times: 3 });
  const chunks = [0, 1, 2].map((index) => fetchChunk(url, index));
  while (hub.traffic.requests({ site: 'cdn' }).length < 3) await new Promise(setImmediate);
  hub.faults.release();
  await Promise.all(chunks);
  await fetchChunk(url, 0);
  await hub.traffic.idle();
  expect(hub.traffic.totals({ site: 'cdn' }).mostAtOnce).toBe(3);
});

test('each request is on record with host, headers and what it was about', async () => {
  const hub = await startTestHub();
  const headers = { 'X-Test': 'yes', Range: 'bytes=0-9' };
  await (await fetch(`${resolveUrl(hub, LARGE)}?download=true`, { headers })).arrayBuffer();
  await hub.traffic.idle();
  const [first, second] = hub.traffic.requests();
  expect(first).toMatchObject({
    site: 'hub',
    stage: 'resolve',
    repo: ID,
    file: LARGE,
    host: new URL(hub.url).host,
    target: `/${ID}/resolve/main/${LARGE}?download=true`,
    status: 302,
    headers: { 'x-test': 'yes' },
  });
  expect(second).toMatchObject({
    site: 'cdn',
    stage: 'content',
    repo: ID,
    file: LARGE,
    host: new URL(hub.origins.cdn).host,
    status: 206,
    span: { start: 0, end: 10 },
    sentBytes: 10,
    outcome: 'complete',
  });
});

test('the log can be filtered and emptied', async () => {
  const hub = await startTestHub();
  await (await fetch(resolveUrl(hub, SMALL))).text();
  await (await fetch(`${hub.url}/api/models/${ID}`)).text();
  expect(hub.traffic.requests({ stage: 'api' })).toHaveLength(1);
  expect(hub.traffic.requests({ file: SMALL })).toHaveLength(2);
  hub.traffic.reset();
  expect(hub.traffic.requests()).toEqual([]);
});
