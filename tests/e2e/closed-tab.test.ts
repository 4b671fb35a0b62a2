import type { BrowserContext, Page } from '@playwright/test';
import { seededRandom } from '../../src/core/random';
import { App } from './app';
import { drawnPictures } from './drawn-pictures';
import { expect, test } from './fixtures';
import { storedRows } from './stored-rows';

const CLOSINGS = 10;
/** When the tab is closed after the work has gone on, in ms. */
const FROM_MS = 50;
const TO_MS = 2000;

const PICTURES = 8;
const MODELS = ['Mini Qwen2-VL', 'Mini Moondream'];
const PROMPTS = ['Short caption', 'Objects and counts'];
const DESCRIPTIONS = PICTURES * MODELS.length * PROMPTS.length;
const ALL = DESCRIPTIONS + PICTURES;

/** One moment in each tenth of the time, in any order: their sum hardly differs, so that the run is never over before the tenth. */
function moments(random: () => number): number[] {
  const width = (TO_MS - FROM_MS) / CLOSINGS;
  return Array.from({ length: CLOSINGS }, (_, part) => FROM_MS + (part + random()) * width)
    .map((ms) => ({ ms, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ ms }) => ms);
}

/** What the run's line says of what is done; 0 while it is said what is loaded. */
async function doneOn(app: App): Promise<number> {
  const line = await app.status.innerText({ timeout: 5000 });
  return Number(/(\d+) of/u.exec(line)?.[1] ?? 0);
}

/**
 * Waits for the moment; on a fast machine no longer than until this visit's share of the run is done.
 * @returns the most that was shown as done
 */
async function untilMoment(app: App, afterMs: number, share: number): Promise<number> {
  const deadline = Date.now() + afterMs;
  let shown = 0;
  while (Date.now() < deadline && shown < share) {
    await app.page.waitForTimeout(Math.min(50, deadline - Date.now()));
    shown = Math.max(shown, await doneOn(app));
  }
  return shown;
}

/** Records as text, byte for byte: read in a page of the site that is not the app, so that nothing is written meanwhile. */
async function journalOf(page: Page): Promise<ReadonlyMap<string, string>> {
  const { journal } = await storedRows(page, ['journal']);
  return new Map(Object.entries(journal!).map(([key, row]) => [key, JSON.stringify(row)]));
}

const finishedIn = (rows: ReadonlyMap<string, string>) =>
  [...rows.keys()].filter((key) => !key.startsWith('check|')).length;

/** A page of the site where no app is at work. */
async function quietPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/manifest.webmanifest');
  return page;
}

test('the tab is closed at ten random moments: the run goes on by itself, nothing finished is lost or done twice', async ({
  app,
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(300_000);
  const seed = Number(process.env.CLOSED_TAB_SEED ?? Date.now() % 1_000_000);
  console.log(`CLOSED_TAB_SEED=${String(seed)}`);
  await expect(app.picture('Traffic')).toBeVisible();
  await app.picture('Traffic').focus();
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('Delete');
  await app.addFiles(await drawnPictures(page, PICTURES));
  await expect(page.getByRole('heading', { name: `${String(PICTURES)} pictures` })).toBeVisible();
  await app.choose('Models', MODELS);
  await app.choose('Prompts', PROMPTS);
  await page.getByRole('button', { name: 'Run', exact: true }).click();

  let visit = app;
  let kept: ReadonlyMap<string, string> = new Map();
  const found: number[] = [];
  const stop = () => visit.status.getByRole('button', { name: 'Stop' });
  for (const [index, afterMs] of moments(seededRandom(seed)).entries()) {
    // In every third visit from when the models begin to be loaded, else from when something more is done.
    await expect(stop()).toBeVisible({ timeout: 30_000 });
    if (index % 3 !== 2)
      await expect.poll(() => doneOn(visit), { timeout: 60_000 }).toBeGreaterThan(finishedIn(kept));
    const left = ALL - finishedIn(kept);
    const share = ALL - left + Math.ceil(left / (CLOSINGS - index + 2));
    const shown = await untilMoment(visit, afterMs, share);
    await visit.page.close();

    const next = await quietPage(context);
    const rows = await journalOf(next);
    for (const [key, row] of kept) expect(rows.get(key), key).toBe(row);
    // What was shown as done is on disk.
    expect(finishedIn(rows)).toBeGreaterThanOrEqual(shown);
    console.log(
      `closed ${String(Math.round(afterMs))} ms after it went on: ${String(shown)} shown as done, ${String(finishedIn(rows))} of ${String(ALL)} kept, with ${String(rows.size - finishedIn(rows))} answers about claims`,
    );
    found.push(finishedIn(rows));
    kept = rows;
    visit = new App(next, baseURL ?? '');
    await visit.open();
  }
  // Every visit found work to be done, and they got on with it.
  expect(found.at(-1)).toBeLessThan(ALL);
  expect(new Set(found).size).toBeGreaterThan(3);

  await expect(visit.status).toContainText(`${String(ALL)} done`, { timeout: 120_000 });
  expect(await visit.journal()).toMatchObject({
    descriptions: DESCRIPTIONS,
    failures: 0,
    verdicts: PICTURES,
  });
  await visit.page.goto('/manifest.webmanifest');
  const rows = await journalOf(visit.page);
  for (const [key, row] of kept) expect(rows.get(key), key).toBe(row);
  expect(Object.keys((await storedRows(visit.page, ['runs'])).runs!)).toHaveLength(1);
  expect(visit.foreign).toEqual([]);
});
