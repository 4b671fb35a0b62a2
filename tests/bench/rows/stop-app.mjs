import { median } from '../../../scripts/bench-rows.mjs';
import { numberedPhotos } from '../many-images.mjs';
import { streamTimes, watchStreams } from '../stream-watch.mjs';
import { ms } from '../with-page.mjs';

export const name = 'stop in the app: longest from the press to the last streaming text, ms';
export const bar = 1;

const MOST_MS = 300;
/** A stop comes within this time after the first text of a visit to a picture. */
const WITHIN_MS = 1500;
/** Text that came so shortly before the press would have gone on. */
const FLOWING_MS = 500;
/** Whatever still came after a stop has come by then. */
const AFTERMATH_MS = 1000;

/**
 * The embedded models describe pictures in the app, one of which is open on screen; Stop is pressed with the mouse.
 * @param {import('../../../scripts/bench-rows.mjs').RowTools} tools
 */
export async function run({ page, url, isQuick, log }) {
  const tries = isQuick ? 5 : 20;
  await watchStreams(page);
  await page.goto(url);
  await choosePictures(page, tries);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const stops = [];
  for (let round = 0; round < tries; round += 1) {
    // A fixed sequence of moments: the golden ratio spreads them evenly.
    const afterMs = ((0.37 + round * 0.618034) % 1) * WITHIN_MS;
    stops.push(await stopOnce(page, photoName(round), afterMs));
  }
  const of = (/** @type {keyof typeof stops[number]} */ what) => stops.map((stop) => stop[what]);
  const list = (/** @type {number[]} */ all) => all.map((each) => each.toFixed(0)).join(' ');
  log(`from the press to the last text on screen: ${list(of('textMs'))} ms`);
  log(`to the last token that reached the page: ${list(of('tokenMs'))} ms`);
  log(`to the line that says so: ${list(of('saidMs'))} ms`);
  log(`last token before the press: ${list(of('beforeMs'))} ms`);
  const flowing = of('beforeMs').filter((each) => each <= FLOWING_MS).length;
  return {
    ours: Math.max(...of('textMs'), ...of('tokenMs')),
    baseline: MOST_MS,
    detail: `${String(tries)} tries, ${String(flowing)} while text flowed; said after ${ms(median(of('saidMs')))}, at most ${ms(Math.max(...of('saidMs')))}`,
  };
}

const photoName = (/** @type {number} */ number) => `photo ${String(number + 1)}.jpg`;

/** A picture for each try instead of the samples, and all prompts: none is done before it is stopped.
 * @param {import('playwright').Page} page @param {number} count */
async function choosePictures(page, count) {
  const pictures = page.getByRole('list', { name: 'Pictures' }).getByRole('listitem');
  await pictures.first().waitFor();
  for (let left = await pictures.count(); left > 0; left -= 1) {
    await pictures.first().getByRole('button').focus();
    await page.keyboard.press('Delete');
  }
  const photo = numberedPhotos();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).first().click();
  await (
    await chooser
  ).setFiles(
    Array.from({ length: count }, (_, number) => ({
      name: photoName(number),
      mimeType: 'image/jpeg',
      buffer: photo(number),
    })),
  );
  await page.getByRole('heading', { name: `${String(count)} pictures` }).waitFor();
  for (const box of await page.getByRole('list', { name: 'Prompts' }).getByRole('checkbox').all())
    await box.check();
}

/**
 * @param {import('playwright').Page} page
 * @param {string} picture comes next, because it is looked at
 * @param {number} afterMs after its first text
 */
async function stopOnce(page, picture, afterMs) {
  const line = page.getByRole('group', { name: 'Run', exact: true });
  await page.keyboard.press('Escape');
  await page
    .getByRole('list', { name: 'Pictures' })
    .getByRole('button', { name: picture, exact: true })
    .click();
  await page.getByRole('tab', { name: /^Descriptions/u }).waitFor();
  const goOn = line.getByRole('button', { name: 'Continue' });
  if (await goOn.isVisible()) await goOn.click();
  const begun = await streamTimes(page);
  while ((await streamTimes(page)).textAt <= begun.now) await page.waitForTimeout(20);
  await page.waitForTimeout(afterMs);
  await line.getByRole('button', { name: 'Stop' }).click();
  await goOn.waitFor();
  await page.waitForTimeout(AFTERMATH_MS);
  const { pressedAt, tokenBefore, textAt, tokenAt, stoppedAt } = await streamTimes(page);
  return {
    textMs: Math.max(0, textAt - pressedAt),
    tokenMs: Math.max(0, tokenAt - pressedAt),
    saidMs: stoppedAt - pressedAt,
    beforeMs: Math.max(0, pressedAt - tokenBefore),
  };
}
