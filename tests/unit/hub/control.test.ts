import { expect, test } from 'vitest';

import type { Hub } from '../../hub/index';
import { ID, LARGE, resolveUrl, SMALL, startTestHub } from './fixture';

function control(hub: Hub, path: string, method = 'GET', body?: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(
    hub.origins.control + path,
    body === undefined ? { method } : { method, body: text },
  );
}

test('faults are ordered, listed and cleared over HTTP', async () => {
  const hub = await startTestHub();
  const order = [
    { kind: 'server-error', file: SMALL },
    { kind: 'not-found', file: LARGE },
  ];
  expect((await control(hub, '/faults', 'POST', order)).status).toBe(200);
  expect((await fetch(resolveUrl(hub, SMALL))).status).toBe(500);
  expect(await (await control(hub, '/faults')).json()).toEqual([
    { fault: order[0], hits: 1 },
    { fault: order[1], hits: 0 },
  ]);
  await control(hub, '/faults', 'DELETE');
  expect((await fetch(resolveUrl(hub, LARGE), { method: 'HEAD' })).status).toBe(200);
});

test.each([
  [{ kind: 'srever-error' }],
  [{ kind: 'cut' }],
  [{ kind: 'cut', afterBytes: -1 }],
  [{ kind: 'unauthorized', path: SMALL }],
  ['no JSON'],
])('an order that makes no sense is refused: %j', async (order) => {
  const hub = await startTestHub();
  const response = await control(hub, '/faults', 'POST', order);
  expect(response.status).toBe(400);
  expect(hub.faults.list()).toEqual([]);
});

test('the counters and the log are read over HTTP, which itself is not counted', async () => {
  const hub = await startTestHub();
  await (await fetch(resolveUrl(hub, LARGE), { headers: { Range: 'bytes=0-99' } })).arrayBuffer();
  await hub.traffic.idle();
  const query = new URLSearchParams({ repo: ID, file: LARGE, stage: 'content' });
  const answer: unknown = await (await control(hub, `/traffic?${query.toString()}`)).json();
  expect(answer).toMatchObject({
    totals: { requests: 1, sentBytes: 100, repeatedBytes: 0 },
    requests: [{ site: 'cdn', status: 206, headers: { range: 'bytes=0-99' } }],
  });
  expect(hub.traffic.requests().map(({ site }) => site)).toEqual(['hub', 'cdn']);
  expect((await control(hub, '/traffic?fiel=x')).status).toBe(400);
  await control(hub, '/traffic', 'DELETE');
  expect(hub.traffic.requests()).toEqual([]);
});

test('leaks are asked for with the secret in the body', async () => {
  const hub = await startTestHub();
  await fetch(`${hub.url}/api/models/${ID}?access_token=hf_secret`);
  const leaks: unknown = await (await control(hub, '/leaks', 'POST', 'hf_secret')).json();
  expect(leaks).toMatchObject([
    { site: 'hub', target: `/api/models/${ID}?access_token=hf_secret` },
  ]);
});

test('what is served can be listed, and a page of any origin may ask', async () => {
  const hub = await startTestHub();
  const response = await control(hub, '/repos');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.json()).toMatchObject({
    origins: hub.origins,
    repos: [{ id: ID, type: 'model', refs: { main: expect.any(String) as string } }],
  });
});

test('a fault for everything still leaves the control itself alone', async () => {
  const hub = await startTestHub();
  hub.faults.add({ kind: 'server-error', times: null });
  hub.faults.add({ kind: 'cut', afterBytes: 0, stage: 'api', times: null });
  expect((await fetch(resolveUrl(hub, SMALL))).status).toBe(500);
  expect(await (await control(hub, '/faults', 'DELETE')).json()).toEqual([]);
  expect((await fetch(resolveUrl(hub, SMALL))).status).toBe(200);
});
