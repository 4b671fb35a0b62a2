import { fixture, SAMPLES } from './app';
import { expect, test } from './fixtures';

const BAD = [
  ['empty.png', /empty/iu],
  ['text.png', /not a picture/u],
  ['truncated.jpg', /incomplete/u],
  ['truncated.png', /incomplete/u],
  ['truncated.webp', /incomplete/u],
  ['truncated.heic', /incomplete/u],
  ['truncated.tif', /incomplete/u],
  ['huge-20000x20000.png', /too many pixels/u],
  ['drawing.svg', /SVG/u],
  ['fax.tif', /the way it is packed/u],
] as const;

test('bad files are refused by name with a reason, and good ones among them are described', async ({
  app,
  page,
}) => {
  await app.addFiles([
    ...BAD.slice(0, 3).map(([name]) => fixture(name)),
    fixture('good.gif'),
    ...BAD.slice(3).map(([name]) => fixture(name)),
  ]);
  const refused = page.getByRole('list', { name: 'Files that were not added' });
  for (const [name, reason] of BAD) {
    await expect(refused.getByRole('listitem').filter({ hasText: name })).toContainText(reason);
  }
  await expect(app.picture('good.gif')).toBeVisible();
});

/** In each the upper left corner of the photograph is red; in those that are turned it is to the upper right. */
const FORMATS: readonly (readonly [file: string, size: string, isTurned?: true])[] = [
  ['photo.heic', '120 × 80 px, HEIC'],
  ['lzw.tif', '60 × 40 px, TIFF'],
  ['rotated.tif', '40 × 60 px, TIFF', true],
  ['cmyk.tif', '60 × 40 px, TIFF'],
  ['jpeg.tif', '60 × 40 px, TIFF'],
  ['palette.tif', '60 × 40 px, TIFF'],
  ['cmyk.jpg', '120 × 80 px, JPEG'],
  ['sixteen-bit.png', '30 × 20 px, PNG'],
  ['good.avif', '60 × 40 px, AVIF'],
  ['exif-rotated.webp', '40 × 60 px, WEBP', true],
  ['animated.gif', '60 × 40 px, GIF, first frame of an animation'],
  ['animated.webp', '60 × 40 px, WEBP, first frame of an animation'],
  ['animated.png', '60 × 40 px, PNG, first frame of an animation'],
];

test('every format is shown upright in its colours, and described', async ({ app, page }) => {
  const names = [...FORMATS.map(([name]) => name), 'sixteen-bit.tif', 'hundred-megapixels.png'];
  await app.addFiles(names.map((name) => fixture(name)));
  await expect(app.picture('hundred-megapixels.png')).toBeVisible({ timeout: 30_000 });
  await app.picture('photo.heic').click();
  for (const [name, size, isTurned] of FORMATS) {
    await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
    await expect(page.getByText(size, { exact: true })).toBeVisible();
    const picture = page.getByRole('img', { name });
    await expect(picture).toHaveJSProperty('complete', true);
    const corner = await picture.evaluate((img: HTMLImageElement, right) => {
      const { naturalWidth: width, naturalHeight: height } = img;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context?.drawImage(img, 0, 0);
      const at = context?.getImageData(right ? width - 3 : 2, 2, 1, 1).data;
      return [...(at ?? [])].slice(0, 3);
    }, isTurned === true);
    const [red = 0, green = 255, blue = 255] = corner;
    expect([name, red > 180, green < 90, blue < 90]).toEqual([name, true, true, true]);
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Escape');
  // Those that browsers don't show, and one of 100 megapixels, are described: the others are removed.
  const described = new Set(['photo.heic', 'rotated.tif', 'exif-rotated.webp', names.at(-1)]);
  for (const name of [...SAMPLES, ...names].filter((each) => !described.has(each)))
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  await page.getByRole('button', { name: 'Remove' }).click();
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await app.waitForEnd();
  expect(await app.journal()).toMatchObject({ descriptions: 4, failures: 0, verdicts: 4 });
});

test('a file under another name is the same picture, and kept once', async ({ app, page }) => {
  await app.addFiles([fixture('good.gif')]);
  await expect(app.picture('good.gif')).toBeVisible();
  await app.addFiles([fixture('good.gif', 'good-copy.gif')]);
  await expect(page.getByRole('list', { name: 'Files that were here already' })).toContainText(
    'good-copy.gif',
  );
  await expect(app.picture('good-copy.gif')).toHaveCount(0);
});

test('dropped and pasted pictures are added', async ({ app, page }) => {
  for (const kind of ['drop', 'paste'] as const) {
    await page.evaluate(async (type) => {
      const canvas = new OffscreenCanvas(64, 64);
      const context = canvas.getContext('2d')!;
      context.fillStyle = type === 'drop' ? 'red' : 'blue';
      context.fillRect(0, 0, 64, 64);
      const data = new DataTransfer();
      data.items.add(
        new File([await canvas.convertToBlob()], `${type}ped.png`, { type: 'image/png' }),
      );
      const target = document.querySelector('main') ?? document.body;
      target.dispatchEvent(
        type === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, kind);
    await expect(app.picture(`${kind}ped.png`)).toBeVisible();
  }
});

test('an added picture survives a reload, and removing it can be undone', async ({ app, page }) => {
  await app.addFiles([fixture('good.gif')]);
  await expect(app.picture('good.gif')).toBeVisible();
  await page.reload();
  await expect(app.picture('good.gif')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select good.gif' }).check();
  await page
    .getByRole('button', { name: /^Remove/u })
    .first()
    .click();
  await expect(app.picture('good.gif')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(app.picture('good.gif')).toBeVisible();
});

test('Run says what is missing', async ({ app, page }) => {
  await app.choose('Prompts', []);
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toBeDisabled();
  await expect(page.getByRole('button', { name: /at least one prompt/iu })).toBeVisible();
  await app.choose('Prompts', ['Alt text']);
  await expect(run).toBeEnabled();
  await app.choose('Models', []);
  await expect(page.getByRole('button', { name: /at least one model/iu })).toBeVisible();
});
