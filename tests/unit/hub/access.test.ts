import { expect, test } from 'vitest';

import { buildRepo } from '../../hub/index';
import { resolveUrl, SMALL, startTestHub, tinyFiles, LARGE } from './fixture';

const tokens = [
  { token: 'hf_in', user: 'in' },
  { token: 'hf_out', user: 'out' },
  { token: 'hf_owner', user: 'owner' },
  { token: 'hf_fine', user: 'in', role: 'fineGrained' as const },
  { token: 'hf_fine_gated', user: 'in', role: 'fineGrained' as const, gatedRepos: true },
];

async function startWithGates() {
  const files = tinyFiles();
  const hidden = await buildRepo('owner/private', files, { private: true, readers: ['in'] });
  const gated = await buildRepo('owner/gated', files, { gated: 'manual', readers: ['in'] });
  return startTestHub({ repos: [hidden, gated], tokens });
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

const LOG_IN =
  'Access to model owner/gated is restricted. You must have access to it and be authenticated to access it. Please log in.';
const ASK =
  'Access to model owner/gated is restricted and you are not in the authorized list. Visit https://huggingface.co/owner/gated to ask for access.';
const SCOPE =
  'Please enable access to public gated repositories in your fine-grained token settings to view this repository.';

test.each([
  ['owner/gated', undefined, 401, 'GatedRepo', LOG_IN],
  ['owner/gated', 'hf_wrong', 401, 'GatedRepo', LOG_IN],
  ['owner/gated', 'hf_out', 403, 'GatedRepo', ASK],
  ['owner/gated', 'hf_fine', 403, null, SCOPE],
  ['owner/gated', 'hf_fine_gated', 200, null, null],
  ['owner/gated', 'hf_in', 200, null, null],
  ['owner/gated', 'hf_owner', 200, null, null],
  ['owner/private', undefined, 401, null, 'Invalid username or password.'],
  ['owner/private', 'hf_wrong', 401, null, 'Invalid credentials in Authorization header'],
  ['owner/private', 'hf_out', 404, 'RepoNotFound', 'Repository not found'],
  ['owner/private', 'hf_in', 200, null, null],
  ['owner/tiny', 'hf_wrong', 200, null, null],
  ['owner/none', 'hf_in', 404, 'RepoNotFound', 'Repository not found'],
])('a file of %s with token %s: %i %s', async (id, token, status, code, message) => {
  const hub = await startWithGates();
  const response = await fetch(resolveUrl(hub, SMALL, id), { headers: bearer(token) });
  expect(response.status).toBe(status);
  expect(response.headers.get('x-error-code')).toBe(code);
  expect(response.headers.get('x-error-message')).toBe(message);
});

test('the list of files of a gated repository is for everybody, of a private one for its readers', async () => {
  const hub = await startWithGates();
  const status = async (id: string, token?: string) => {
    const url = `${hub.url}/api/models/${id}/tree/main`;
    return (await fetch(url, { headers: bearer(token) })).status;
  };
  expect(await status('owner/gated')).toBe(200);
  expect(await status('owner/private')).toBe(401);
  expect(await status('owner/private', 'hf_in')).toBe(200);
});

test('whoami without a token and with a wrong one is 401', async () => {
  const hub = await startWithGates();
  const url = `${hub.url}/api/whoami-v2`;
  const without = await fetch(url);
  expect([without.status, await without.json()]).toEqual([
    401,
    { error: 'Invalid username or password.' },
  ]);
  expect((await fetch(url, { headers: bearer('hf_wrong') })).status).toBe(401);
});

test('a revoked token is no token', async () => {
  const hub = await startWithGates();
  const url = resolveUrl(hub, SMALL, 'owner/gated');
  expect((await fetch(url, { headers: bearer('hf_in') })).status).toBe(200);
  hub.access.revoke('hf_in');
  expect((await fetch(url, { headers: bearer('hf_in') })).status).toBe(401);
});

test('a token that went to the Hub alone is no leak; one at the CDN or in a URL is', async () => {
  const hub = await startWithGates();
  const url = resolveUrl(hub, LARGE, 'owner/gated');
  const headers = bearer('hf_in');
  // fetch drops the header where the redirect leaves the origin.
  await (await fetch(url, { headers })).arrayBuffer();
  expect(hub.traffic.requests({ site: 'hub' })[0]!.headers.authorization).toBe('Bearer hf_in');
  expect(hub.traffic.leaks('hf_in')).toEqual([]);
  await fetch(`${hub.origins.cdn}/x`, { headers });
  await fetch(`${hub.url}/api/models/owner/gated?token=hf%5Fin`);
  const leaks = hub.traffic.leaks('hf_in');
  expect(leaks.map(({ site }) => site)).toEqual(['cdn', 'hub']);
});
