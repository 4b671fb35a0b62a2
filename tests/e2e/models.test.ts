/** Full-size models from a local Hub, on the screen: tiny weights in the layout of real ones. */
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { FIXTURES } from '../contract/fixtures';
import { buildRepo, folderFiles, startHub, type FileSource, type Hub } from '../hub/index';
import { App } from './app';
import { look } from './axe';
import { ModelsScreen } from './models-screen';

const SEES = { id: 'HuggingFaceTB/SmolVLM-256M-Instruct', name: 'SmolVLM 256M' };
const JUDGES = { id: 'onnx-community/Qwen3-0.6B-ONNX', name: 'Qwen3 0.6B' };
const TOKEN = 'hf_secret0123456789';

let hub: Hub;

async function repoOf(id: string, fixture: string, without: readonly string[] = []) {
  const files = await folderFiles(join(FIXTURES, fixture));
  const kept = Object.entries(files).filter(([path]) => !without.some((name) => path === name));
  return buildRepo(id, Object.fromEntries<FileSource>(kept), {
    lfs: { patterns: ['*.onnx'] },
  });
}

test.beforeAll(async () => {
  hub = await startHub({
    repos: [
      await repoOf(SEES.id, 'idefics3'),
      await repoOf(JUDGES.id, 'qwen3'),
      await repoOf('somebody/small', 'qwen2_vl'),
    ],
    tokens: [{ token: TOKEN, user: 'alice' }],
  });
});

test.afterAll(() => hub.close());

test.beforeEach(() => {
  hub.faults.clear();
  hub.traffic.reset();
});

async function visit(page: Page, baseURL: string | undefined) {
  const app = new App(page, baseURL ?? '');
  await app.open();
  return { app, models: new ModelsScreen(page) };
}

test('the recommended models come in one click, describe without the Hub, and go with an undo', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const { app, models } = await visit(page, baseURL);
  await models.open(hub.url);
  const recommended = page.getByRole('group', { name: 'Recommended for this device' });
  await expect(recommended).toContainText(`${SEES.name}, judged by ${JUDGES.name}`);
  await expect(models.row(SEES.name)).toContainText('Fits this device');
  // Of a model that this Hub does not have its row says so; the others can be had.
  await expect(models.row('Moondream 2')).toContainText('The Hub has no such repository');
  await look(page, 'Full-size models');
  await recommended.getByRole('button', { name: 'Get and use these' }).click();
  await models.isHere(SEES.name);
  await models.isHere(JUDGES.name);
  await expect(recommended).toContainText('all here');
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'Full-size models, on a phone');
  await page.setViewportSize({ width: 1280, height: 720 });
  await models.leave();

  hub.traffic.reset();
  await page.reload();
  await app.choose('Prompts', ['Short caption']);
  await expect(page.getByText(/3 pictures × 1 model × 1 prompt = 3 descriptions/u)).toBeVisible();
  await expect(page.getByText(/Nothing to download/u)).toBeVisible();
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd();
  expect(await app.journal()).toMatchObject({ descriptions: 3, verdicts: 3 });
  expect(hub.traffic.totals().requests).toBe(0);

  await page.getByRole('button', { name: 'Set-up', exact: true }).click();
  await models.open();
  const row = models.row(SEES.name);
  await row.getByRole('button', { name: `Delete ${SEES.name}` }).click();
  await expect(row.getByText('On this device', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row.getByText('On this device', { exact: true })).toBeVisible();
});

const BAD: readonly (readonly [name: string, pasted: string, says: RegExp])[] = [
  ['a repository that is not there', 'nobody/nothing', /The Hub has no such repository/u],
  ['a gated one', 'somebody/gated', /let in only people who have asked/u],
  ['a dataset', 'https://huggingface.co/datasets/a/b', /holds a dataset or a Space/u],
  ['no name at all', 'what is this?', /not the name or the address of a repository/u],
  ['safetensors only', 'somebody/safetensors', /safetensors only, which browsers cannot run/u],
  ['GGUF only', 'somebody/gguf', /GGUF only/u],
  ['an unknown architecture', 'somebody/unknown', /kind “brand_new” are not supported/u],
  ['external data missing', 'somebody/no-data', /incomplete: .*onnx_data is missing/u],
  ['a config that is HTML', 'somebody/html', /does not say what kind of model it is/u],
  ['no tokenizer', 'somebody/no-tokenizer', /incomplete: it has no tokenizer\.json/u],
];

test('what can not be run is said before a byte of it is stored', async ({ page, baseURL }) => {
  const config = '{"model_type": "llama"}';
  const tokenizer = { 'tokenizer.json': '{}', 'tokenizer_config.json': '{"chat_template": "x"}' };
  const gated = { gated: 'manual', readers: ['alice'] } as const;
  for (const repo of [
    await buildRepo('somebody/gated', { 'config.json': config, 'onnx/model.onnx': 'x' }, gated),
    await buildRepo('somebody/safetensors', { 'config.json': config, 'model.safetensors': 'x' }),
    await buildRepo('somebody/gguf', { 'config.json': config, 'model-Q4.gguf': 'x' }),
    await buildRepo('somebody/unknown', {
      ...tokenizer,
      'config.json': '{"model_type": "brand_new"}',
      'onnx/model.onnx': 'x',
    }),
    await buildRepo('somebody/no-data', {
      ...tokenizer,
      'config.json':
        '{"model_type": "llama", "transformers.js_config": {"use_external_data_format": {"model.onnx": 1}}}',
      'onnx/model.onnx': 'x',
    }),
    await buildRepo('somebody/html', {
      ...tokenizer,
      'config.json': '<!doctype html><title>Log in</title>',
      'onnx/model.onnx': 'x',
    }),
    await buildRepo('somebody/no-tokenizer', { 'config.json': config, 'onnx/model.onnx': 'x' }),
  ])
    hub.repos.add(repo);

  const { models } = await visit(page, baseURL);
  await models.open(hub.url);
  await models.lookUp('somebody/small');
  await expect(page.getByRole('alert')).toContainText('Allow others below');
  await models.allowAny();
  for (const [name, pasted, says] of BAD) {
    await models.lookUp(pasted);
    const place = models.row(pasted).or(page.locator('form', { hasText: 'Look it up' }));
    await expect(place.filter({ hasText: says }), name).toBeVisible();
  }
  const stored = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const keys = open.result.transaction('weights').objectStore('weights').getAllKeys();
          keys.onsuccess = () => resolve(keys.result.map(String));
        };
      }),
  );
  expect(stored.filter((key) => !key.startsWith('embedded/'))).toEqual([]);
});

test('a model whose file is broken says so when it is run, and the other models go on', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const files = await folderFiles(join(FIXTURES, 'qwen2_vl'));
  hub.repos.add(
    await buildRepo(
      'somebody/truncated',
      { ...files, 'onnx/vision_encoder.onnx': new Uint8Array(1000).fill(8) },
      { lfs: { patterns: ['*.onnx'] } },
    ),
  );
  const { app, models } = await visit(page, baseURL);
  await models.open(hub.url);
  await models.allowAny();
  await models.lookUp('somebody/truncated');
  await models.download('truncated');
  await models.leave();
  await app.choose('Models', ['Mini Moondream', 'truncated']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await expect(app.status.getByText('6 done, 3 failed')).toBeVisible({ timeout: 180_000 });
  await app.picture('Traffic').click();
  await expect(page.getByText('A file of this model is broken').first()).toBeVisible();
  expect(await app.journal()).toMatchObject({ descriptions: 3, verdicts: 3 });
});

test('a download goes on after a reload, and can be paused', async ({ page, baseURL }) => {
  const { models } = await visit(page, baseURL);
  await models.open(hub.url);
  hub.faults.add({ kind: 'stall', afterBytes: 1000, file: 'onnx/embed_tokens.onnx', times: null });
  const row = models.row(SEES.name);
  await row.getByRole('button', { name: `Download ${SEES.name}` }).click();
  // Nothing to resume before anything has come.
  await expect
    .poll(() => row.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => bar.value))
    .toBeGreaterThan(1);
  await row.getByRole('button', { name: `Pause ${SEES.name}` }).click();
  const resume = row.getByRole('button', { name: `Resume ${SEES.name}` });
  await expect(resume).toBeVisible();
  hub.traffic.reset();
  await resume.click();
  await expect(row.getByRole('progressbar')).toBeVisible();
  // It is under way when the Hub has been asked for more.
  await expect.poll(() => hub.traffic.totals({ stage: 'content' }).requests).toBeGreaterThan(0);
  hub.faults.clear();
  hub.traffic.reset();
  await page.reload();
  await models.open();
  await models.isHere(SEES.name);
  // What had come before the reload does not come again.
  expect(hub.traffic.totals({ stage: 'content', file: 'tokenizer.json' }).requests).toBe(0);
});

test('the token goes to the Hub alone, and into nothing that leaves the app', async ({
  page,
  baseURL,
}) => {
  const logged: string[] = [];
  page.on('console', (message) => logged.push(message.text()));
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const headers = Object.values(request.headers()).join('\n');
    const isHubs = request.url().startsWith(hub.url);
    if (request.url().includes(TOKEN) || (!isHubs && headers.includes(TOKEN)))
      elsewhere.push(request.url());
  });
  const { app, models } = await visit(page, baseURL);
  await models.open(hub.url, TOKEN);
  await expect(page.getByText('the token is alice’s')).toBeVisible();
  await models.download(SEES.name);
  expect(hub.traffic.leaks(TOKEN)).toEqual([]);
  expect(elsewhere).toEqual([]);
  await models.leave();

  await app.choose('Models', [SEES.name]);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await app.waitForEnd();
  const out: string[] = [];
  const save = async (name: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    const stream = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    out.push(Buffer.concat(chunks).toString('latin1'));
  };
  await page.getByRole('button', { name: 'Export' }).click();
  await save('Save manifest');
  await save('Save file');
  await page.getByRole('button', { name: 'Runs' }).click();
  await save('Save project file');
  expect(out.map((text) => text.length > 100)).toEqual([true, true, true]);
  // Also as it would stand in a ZIP that is not compressed, or half of it.
  for (const text of [...out, ...logged]) expect(text).not.toContain(TOKEN.slice(3));
  await expect(page.locator('body')).not.toContainText(TOKEN);
});
