import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { SAMPLED } from '../../src/core/decode';
import { JUDGE_MODES } from '../../src/core/run';
import { DEFAULT_SETTINGS, type Settings } from '../../src/storage/settings';
import { JUDGE_MODE_TEXT } from '../../src/ui/common/judge-mode-text';
import { readJournal, type Result } from './journal';
import type { SetImage } from './sets';

interface Options {
  readonly url: string;
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Id of the model that is asked again, sampled; none where absent. */
  readonly bestOf?: (results: ReadonlyMap<string, Result>) => string;
  /** Kept between calls: a killed evaluation goes on with the pictures that are not done. */
  readonly profile: string;
}

const { modelIds, judgeId, sampling } = DEFAULT_SETTINGS;
const FIRST_CHOICE = { modelIds, judgeId, sampling };
const FILES_AT_ONCE = 50;
const MODES = JUDGE_MODES.map((mode) => JUDGE_MODE_TEXT[mode].name);
/** The best model is asked so often, sampled, for the comparison with one model and its own judge (Li et al. 2025, Self-MoA). */
const SAMPLE_SEEDS = [1, 2, 3];

/** Lets the app describe and judge the pictures, in every mode, and gives back what its journal has of them. */
export async function runApp(
  images: readonly SetImage[],
  { url, executablePath, args, profile, bestOf }: Options,
): Promise<Map<string, Result>> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...args],
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    // A run that was killed goes on by itself.
    if (await page.getByRole('button', { name: 'Stop' }).first().isVisible())
      await finished(page, images.length);
    // An evaluation of before ended with one model and no judge.
    await choose(page, FIRST_CHOICE);
    await showSetup(page);
    await addImages(page, images);
    for (const mode of MODES) await describe(page, mode, images.length);
    const results = await readJournal(page);
    const best = bestOf?.(results);
    if (best === undefined) return results;
    for (const seed of SAMPLE_SEEDS)
      await sample(page, { modelId: best, seed, count: images.length });
    return await readJournal(page);
  } finally {
    await context.close();
  }
}

async function addImages(page: Page, images: readonly SetImage[]): Promise<void> {
  for (let start = 0; start < images.length; start += FILES_AT_ONCE) {
    const files = images.slice(start, start + FILES_AT_ONCE).map(({ path }) => path);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).first().click();
    await (await chooser).setFiles(files);
    await expect
      .poll(() => picturesShown(page), { timeout: 120_000 })
      .toBeGreaterThanOrEqual(start + files.length);
  }
}

/** As the gallery's heading has it: of many cards only those near the window are there. */
async function picturesShown(page: Page): Promise<number> {
  const heading = page.getByRole('heading', { name: /^[\d,]+ pictures?$/u });
  if ((await heading.count()) === 0) return 0;
  return Number.parseInt((await heading.first().innerText()).replaceAll(',', ''), 10);
}

async function describe(page: Page, mode: string, count: number): Promise<void> {
  await showSetup(page);
  await page.getByRole('radio', { name: mode, exact: true }).check();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await finished(page, count);
}

/** One model alone, without a judge. */
async function sample(
  page: Page,
  { modelId, seed, count }: { modelId: string; seed: number; count: number },
): Promise<void> {
  await choose(page, { modelIds: [modelId], judgeId: null, sampling: { ...SAMPLED, seed } });
  await showSetup(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await finished(page, count);
}

/** Writes settings where the app reads them: for sampling it has no field. */
async function choose(page: Page, part: Partial<Settings>): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onerror = () => reject(new Error('no database'));
        open.onsuccess = () => {
          const write = open.result.transaction('settings', 'readwrite');
          const settings = write.objectStore('settings');
          const read = settings.get('settings');
          read.onsuccess = () =>
            settings.put({ ...(read.result as Record<string, unknown>), ...wanted }, 'settings');
          write.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
    part,
  );
  await page.reload();
}

async function finished(page: Page, count: number): Promise<void> {
  const status = page.getByRole('group', { name: 'Run', exact: true });
  // A minute a picture is far more than any needs.
  await expect(status.getByText(/^\d+ done/u)).toBeVisible({ timeout: (count + 5) * 60_000 });
}

/** The set-up folds away when a run begins. */
async function showSetup(page: Page): Promise<void> {
  const first = page.getByRole('radio', { name: 'No judge', exact: true });
  const isOpen = await first.waitFor({ timeout: 5000 }).then(
    () => true,
    () => false,
  );
  if (!isOpen) await page.getByRole('button', { name: 'Set-up' }).first().click();
  await expect(first).toBeVisible();
}

export const profileOf = (root: string, name: string): string =>
  join(root, '.cache', 'evaluation', `profile-${name}`);
