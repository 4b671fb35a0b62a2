/** Every family as a person gets it: looked up on a local Hub, downloaded, kept, and run when the Hub is gone. */
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { tableLines } from '../../scripts/table.mjs';
import { ARCHITECTURES } from '../../src/models/architectures';
import { FIXTURES, fixtureNames, fixtureSpec } from '../contract/fixtures';
import { buildRepo, folderFiles, startHub } from '../hub/index';
import { App } from './app';
import { ModelsScreen } from './models-screen';

/** The catalogue alone knows that this one, an idefics3 by its configuration, is for documents. */
const CATALOGUED: Readonly<Record<string, { readonly id: string; readonly name: string }>> = {
  granite_docling: { id: 'onnx-community/granite-docling-258M-ONNX', name: 'Granite Docling 258M' },
};

const idOf = (fixture: string) => CATALOGUED[fixture]?.id ?? `tiny/${fixture}`;
const nameOf = (fixture: string) => CATALOGUED[fixture]?.name ?? fixture;

interface JournalRow {
  readonly kind: string;
  readonly description?: { readonly text: string };
  readonly error?: { readonly code: string };
  readonly verdict?: { readonly caption: string; readonly writtenBy: string };
}

interface Kept {
  readonly modelId: string;
  readonly text: string;
}

/** Texts of the journal: descriptions by model, and how each judge's verdicts were written. */
function keptTexts(
  page: Page,
): Promise<{ readonly said: Kept[]; readonly judged: Kept[]; readonly failures: string[] }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const store = open.result.transaction('journal').objectStore('journal');
          const keys = store.getAllKeys();
          const rows = store.getAll();
          rows.onsuccess = () => {
            const said: Kept[] = [];
            const judged: Kept[] = [];
            const failures: string[] = [];
            (rows.result as JournalRow[]).forEach(
              ({ kind, description, verdict, error }, index) => {
                const parts = (keys.result as string[])[index]!.split('|');
                if (kind === 'description')
                  said.push({ modelId: parts[2] ?? '', text: description?.text ?? '' });
                if (error !== undefined) failures.push(error.code);
                if (kind === 'verdict')
                  judged.push({
                    modelId: parts.join(' '),
                    text: `${verdict?.writtenBy ?? ''}: ${verdict?.caption ?? ''}`,
                  });
              },
            );
            open.result.close();
            resolve({ said, judged, failures });
          };
        };
      }),
  );
}

test('every family is downloaded, kept, and runs without the Hub', async ({ page, baseURL }) => {
  test.setTimeout(600_000);
  const names = fixtureNames();
  const lfs = { patterns: ['*.onnx', '*.onnx_data*'] };
  const hub = await startHub({
    repos: await Promise.all(
      names.map(async (name) =>
        buildRepo(idOf(name), await folderFiles(join(FIXTURES, name)), { lfs }),
      ),
    ),
  });
  const app = new App(page, baseURL ?? '');
  await app.open();
  const models = new ModelsScreen(page);
  await models.open(hub.url);
  await models.allowAny();
  const fetched = new Map<string, { readonly bytes: number; readonly seconds: number }>();
  for (const name of names) {
    await models.lookUp(idOf(name));
    await expect(models.row(nameOf(name))).toContainText('Fits this device', { timeout: 20_000 });
    const before = hub.traffic.totals({ stage: 'content' }).sentBytes;
    const began = Date.now();
    await models.download(nameOf(name));
    const bytes = hub.traffic.totals({ stage: 'content' }).sentBytes - before;
    fetched.set(name, { bytes, seconds: (Date.now() - began) / 1000 });
  }
  await hub.close();

  await page.reload();
  // One picture is enough for each to say something.
  await page.getByRole('list', { name: 'Pictures' }).getByRole('button').first().focus();
  for (let count = 0; count < 2; count += 1) await page.keyboard.press('Delete');
  const judges = names.filter((name) => !ARCHITECTURES[fixtureSpec(name).family].sees);
  const seeing = names.filter((name) => !judges.includes(name));
  await app.choose('Models', seeing.map(nameOf));
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Most new tokens per description').fill('16');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  // Asking models about claims is tested with each family alone; here it would load them all for each judge.
  await page.getByRole('radio', { name: 'Fuse', exact: true }).check();
  for (const judge of judges) {
    await page.getByRole('radio', { name: judge, exact: true }).check();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    // Random weights may stop at once: that is an answer too, of a model that has nothing to say.
    await expect(app.status.getByText(/^\d+ done(?:, \d+ failed)?$/u)).toBeVisible({
      timeout: 200_000,
    });
    await page.getByRole('button', { name: 'Set-up', exact: true }).click();
  }
  const { said, judged, failures } = await keptTexts(page);
  expect(failures.filter((code) => code !== 'model-empty-answer')).toEqual([]);
  const rows = names.map((name) => {
    const spec = fixtureSpec(name);
    const text = judges.includes(name)
      ? judged.find(({ modelId }) => modelId.includes(idOf(name)))?.text
      : said.find(({ modelId }) => modelId === idOf(name))?.text;
    const { bytes = 0, seconds = 0 } = fetched.get(name) ?? {};
    const total = spec.files.reduce((sum, file) => sum + file.bytes, 0);
    expect.soft(text, name).toBeTruthy();
    // All of it came, once; what the Hub keeps as text comes compressed.
    expect.soft(bytes, name).toBeLessThanOrEqual(total);
    expect.soft(bytes, name).toBeGreaterThan(total / 2);
    return [
      spec.family,
      String(spec.files.length),
      String(total),
      seconds.toFixed(1),
      (text ?? '').replace(/\s+/gu, ' ').slice(0, 48),
    ];
  });
  for (const line of tableLines(['family', 'files', 'bytes', 'seconds', 'first text'], rows))
    console.log(line);
});
