import { beforeEach, expect, test } from 'vitest';
import { freshStorage } from './fresh';

let access: typeof import('../../../src/storage/hub-access');

beforeEach(async () => {
  freshStorage();
  sessionStorage.clear();
  access = await import('../../../src/storage/hub-access');
});

/** As a tab that is opened anew finds it. */
const inAnotherTab = () => {
  sessionStorage.clear();
  return access.savedHubAccess();
};

const endpoint = 'https://mirror.example';

test('without anything it is the Hub itself, asked by nobody', async () => {
  expect(await access.savedHubAccess()).toEqual({
    endpoint: 'https://huggingface.co',
    keepsToken: false,
  });
});

test('a token is of this tab', async () => {
  await access.saveHubAccess({ endpoint, token: ' hf_x ', keepsToken: false });
  expect(await access.savedHubAccess()).toEqual({ endpoint, token: 'hf_x', keepsToken: false });
  expect(await inAnotherTab()).toEqual({ endpoint, keepsToken: false });
});

test('unless it is to be kept', async () => {
  await access.saveHubAccess({ endpoint, token: 'hf_x', keepsToken: true });
  expect(sessionStorage.length).toBe(0);
  expect(await inAnotherTab()).toEqual({ endpoint, token: 'hf_x', keepsToken: true });
  await access.saveHubAccess({ endpoint, token: 'hf_x', keepsToken: false });
  expect(await inAnotherTab()).toEqual({ endpoint, keepsToken: false });
});

test('a mirror may have a viewer', async () => {
  const viewer = 'https://viewer.example';
  await access.saveHubAccess({ endpoint, viewer, keepsToken: false });
  expect(await access.savedHubAccess()).toEqual({ endpoint, viewer, keepsToken: false });
  await access.saveHubAccess({ endpoint, viewer: 'ftp://x', keepsToken: false });
  expect(await access.savedHubAccess()).toEqual({ endpoint, keepsToken: false });
});

test('an endpoint that is none is not asked', async () => {
  await access.saveHubAccess({ endpoint: 'http://evil.example', token: 'hf_x', keepsToken: true });
  expect((await access.savedHubAccess()).endpoint).toBe('https://huggingface.co');
});
