import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../../src/core/errors';
import type { Fault, Hub, Repo } from '../../../hub/index';
import { buildRepo, startHub } from '../../../hub/index';
import { PATIENCE } from '../../../../src/core/hub/back-off';
import { WeightStore } from '../../../../workers/engine/weights-engine';
import { IMPATIENT } from './hub-fixture';

const ID = 'owner/model';
let hub: Hub;
let repo: Repo;
const engine = new WeightStore(IMPATIENT);

beforeEach(async () => {
  const many = Array.from({ length: 7 }, (_, index) => [`onnx/part${String(index)}.onnx`, 'x']);
  const files = {
    'config.json': '{"model_type":"idefics3"}',
    'broken.json': '<!doctype html><title>Log in</title>',
    '.gitattributes': '*.onnx filter=lfs diff=lfs merge=lfs -text\n',
    ...(Object.fromEntries(many) as Record<string, string>),
  };
  repo = await buildRepo(ID, files, { license: 'apache-2.0' });
  const gated = await buildRepo('owner/gated', files, { gated: 'manual', readers: ['alice'] });
  hub = await startHub({
    repos: [repo, gated],
    treePageSize: 3,
    tokens: [
      { token: 'hf_alice', user: 'alice' },
      { token: 'hf_bob', user: 'bob' },
      { token: 'hf_narrow', user: 'alice', role: 'fineGrained' },
    ],
  });
});

afterEach(() => hub.close());

function ask(
  repository = ID,
  part: { token?: string; revision?: string; configs?: string[] } = {},
) {
  const { token, revision = 'main', configs = [] } = part;
  const access = { endpoint: hub.url, ...(token === undefined ? {} : { token }) };
  return engine.lookUp({ taskId: 't', access, repository, revision, configs });
}

async function codeOf(reply: ReturnType<typeof ask>): Promise<ErrorCode | 'found'> {
  const answer = await reply;
  return answer.ok ? 'found' : answer.error.code;
}

describe('lookUp', () => {
  test('the commit, all pages of files with their hashes, the licence, and the JSON that is asked for', async () => {
    const reply = await ask(ID, { configs: ['config.json', 'not-there.json'] });
    if (!reply.ok) throw new Error(reply.error.detail);
    const { files, ...rest } = reply.value;
    expect(rest).toMatchObject({
      repository: ID,
      commit: repo.refs.get('main'),
      licence: { id: 'apache-2.0' },
      gated: false,
      configs: { 'config.json': { model_type: 'idefics3' } },
    });
    expect(rest.configs).not.toHaveProperty('not-there.json');
    expect(files).toHaveLength(10);
    expect(files.find(({ path }) => path === 'onnx/part6.onnx')).toMatchObject({
      bytes: 1,
      sha256: expect.any(String) as string,
    });
    expect(files.find(({ path }) => path === 'config.json')).toMatchObject({
      gitOid: expect.any(String) as string,
    });
    expect(hub.traffic.requests({ stage: 'api' }).length).toBeGreaterThan(3);
  });

  test.each<[string, string, Parameters<typeof ask>[1], ErrorCode | 'found']>([
    ['a repository that is not there', 'owner/none', {}, 'repository-not-found'],
    ['the same with a token', 'owner/none', { token: 'hf_alice' }, 'repository-not-found'],
    ['a revision that is not there', ID, { revision: 'v9' }, 'revision-not-found'],
    ['a gated one without a token', 'owner/gated', { configs: ['config.json'] }, 'repository-gated'],
    ['a gated one, not let in', 'owner/gated', { configs: ['config.json'], token: 'hf_bob' }, 'repository-gated'],
    ['a gated one, a token that may not', 'owner/gated', { configs: ['config.json'], token: 'hf_narrow' }, 'token-too-narrow'],
    ['a gated one, let in', 'owner/gated', { configs: ['config.json'], token: 'hf_alice' }, 'found'],
  ])('%s', async (_, repository, part, code) => {
    expect(await codeOf(ask(repository, part))).toBe(code);
  }); // prettier-ignore

  test('a configuration that is a page is told apart from one that is not there', async () => {
    const reply = await ask(ID, { configs: ['broken.json', 'not-there.json'] });
    expect(reply).toMatchObject({ ok: true, value: { configs: { 'broken.json': null } } });
  });

  test.each<[string, Fault, ErrorCode | 'found']>([
    ['429 twice', { kind: 'rate-limited', stage: 'api', times: 2 }, 'found'],
    ['429 for good', { kind: 'rate-limited', stage: 'api', times: null }, 'rate-limited'],
    ['500 once', { kind: 'server-error', stage: 'api' }, 'found'],
    ['500 for good', { kind: 'server-error', stage: 'api', times: null }, 'hub-failing'],
    ['closed', { kind: 'disabled', stage: 'api', times: null }, 'repository-disabled'],
    ['401', { kind: 'unauthorized', stage: 'api', times: null }, 'repository-not-found'],
  ])('%s', async (_, fault, code) => {
    hub.faults.add(fault);
    expect(await codeOf(ask())).toBe(code);
  });

  test('nobody answers: nothing was fetched that broke, and it is said within seconds', async () => {
    await hub.close();
    const minutes = new WeightStore({ ...PATIENCE, pausesMs: [10, 10, 60_000] });
    const access = { endpoint: hub.url };
    const asked = { taskId: 't', access, repository: ID, revision: 'main', configs: [] };
    expect(await codeOf(minutes.lookUp(asked))).toBe('hub-unreachable');
  });

  test('the token is in no address and goes nowhere else', async () => {
    await ask('owner/gated', { configs: ['config.json'], token: 'hf_alice' });
    expect(hub.traffic.leaks('hf_alice')).toEqual([]);
    expect(hub.traffic.requests().length).toBeGreaterThan(3);
  });
});

describe('whoAmI', () => {
  const who = (token?: string) =>
    engine.whoAmI({
      taskId: 't',
      access: { endpoint: hub.url, ...(token === undefined ? {} : { token }) },
    });

  test('says whose token it is', async () => {
    expect(await who('hf_alice')).toEqual({
      ok: true,
      value: { name: 'alice', tokenRole: 'read' },
    });
  });

  test.each(['hf_wrong', '', undefined])('refuses %s', async (token) => {
    expect(await who(token)).toMatchObject({ ok: false, error: { code: 'token-refused' } });
  });
});
