import type { Page } from '@playwright/test';
import { fixture } from './app';
import { expect, test } from './fixtures';

/** A folder of the page's own file system: a real handle, that can be kept, but that nobody has to pick. */
async function writeFiles(
  page: Page,
  files: Readonly<Record<string, Buffer | string>>,
): Promise<void> {
  const base64 = Object.entries(files).map(([path, content]) => [
    path,
    Buffer.from(content).toString('base64'),
  ]);
  await page.evaluate(async (entries) => {
    const root = await navigator.storage.getDirectory();
    for (const [path = '', content = ''] of entries) {
      const parts = path.split('/');
      const name = parts.pop() ?? '';
      let folder = root;
      for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(Uint8Array.from(atob(content), (char) => char.charCodeAt(0)));
      await stream.close();
    }
  }, base64);
}

async function removeFile(page: Page, folder: string, name: string): Promise<void> {
  await page.evaluate(
    async ([from = '', file = '']) => {
      const root = await navigator.storage.getDirectory();
      await (await root.getDirectoryHandle(from)).removeEntry(file);
    },
    [folder, name],
  );
}

/** The picker gives the folder of that name; permission is as `sessionStorage` says, and is given when it is asked for. */
const PICKER = () => {
  Object.assign(globalThis, {
    showDirectoryPicker: async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle(
        sessionStorage.getItem('pick') ?? 'Holidays',
      ),
  });
  Object.assign(FileSystemHandle.prototype, {
    queryPermission: () => Promise.resolve(sessionStorage.getItem('permission') ?? 'granted'),
    requestPermission: () => {
      const answer = sessionStorage.getItem('answer') ?? 'granted';
      sessionStorage.setItem('permission', answer);
      return Promise.resolve(answer);
    },
  });
};

const set = (page: Page, key: string, value: string) =>
  page.evaluate(([name = '', text = '']) => sessionStorage.setItem(name, text), [key, value]);

const copies = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onsuccess = () => {
          const count = open.result.transaction('images').objectStore('images').count();
          count.onsuccess = () => {
            open.result.close();
            resolve(count.result);
          };
        };
      }),
  );

test('a picked folder stays where it is: read again after a reload with one press, and a picture that is gone says so', async ({
  page,
  app,
}) => {
  await page.addInitScript(PICKER);
  await page.reload();
  await writeFiles(page, {
    'Holidays/beach.jpg': fixture('exif-rotated.jpg').buffer,
    'Holidays/beach.txt': 'A beach in the evening.',
    'Holidays/inner/square.png': fixture('good-32x32.png').buffer,
    'Holidays/inner/dot.gif': fixture('good.gif').buffer,
    'Holidays/inner/broken.png': fixture('truncated.png').buffer,
    'Holidays/metadata.jsonl': '{"file_name":"inner/square.png","text":"A square."}\n',
    'Holidays/notes.pdf': 'x',
    'Holidays/.DS_Store': 'x',
    'Empty/notes.pdf': 'x',
  });
  const choose = page.getByRole('button', { name: 'Choose folder' });
  await choose.click();
  for (const name of ['beach.jpg', 'square.png', 'dot.gif'])
    await expect(app.picture(name)).toBeVisible();
  await expect(page.getByText('1 other file in “Holidays” left out.')).toBeVisible();
  const refused = page.getByRole('list', { name: 'Files that were not added' });
  await expect(refused.getByRole('listitem')).toHaveCount(1);
  await expect(refused).toContainText('broken.png');
  expect(await copies(page)).toBe(0);

  await set(page, 'pick', 'Empty');
  await choose.click();
  await expect(refused.getByRole('listitem').filter({ hasText: 'Empty' })).toContainText(
    'There is no picture in this folder',
  );

  // A new visit: the browser has to be asked again.
  await set(page, 'permission', 'prompt');
  await set(page, 'answer', 'denied');
  await page.reload();
  const line = page.getByRole('list', { name: 'Folders to be allowed again' });
  await expect(line).toContainText('3 pictures lie in the folder “Holidays”.');
  await app.picture('dot.gif').click();
  await expect(page.getByText('has not been allowed to read this')).toBeVisible();
  await expect(page.getByRole('blockquote')).toHaveCount(0);
  await page.keyboard.press('Escape');
  const allow = page.getByRole('button', { name: 'Allow access to Holidays' });
  await allow.click();
  await expect(line).toContainText('The browser refused.');
  await set(page, 'answer', 'granted');
  await allow.click();
  await expect(line).toHaveCount(0);
  await app.picture('beach.jpg').click();
  const picture = page.getByRole('group', { name: 'Picture', exact: true }).getByRole('img');
  await expect(picture).toHaveJSProperty('complete', true);
  await expect(picture).toHaveAttribute('src', /^blob:/u);
  await expect(page.getByRole('blockquote')).toHaveText('A beach in the evening.');
  await page.keyboard.press('Escape');

  // One is deleted, one becomes another picture.
  await removeFile(page, 'Holidays', 'beach.jpg');
  await writeFiles(page, { 'Holidays/inner/dot.gif': fixture('good.webp').buffer });
  await app.picture('beach.jpg').click();
  await expect(page.getByText('This file is not where it was')).toBeVisible();
  await page.keyboard.press('Escape');
  await app.picture('dot.gif').click();
  await expect(page.getByText('is not the picture any more that was added')).toBeVisible();
});

test('a run whose folder may not be read fails at those pictures alone, and is finished when it may', async ({
  page,
  app,
}) => {
  test.setTimeout(240_000);
  await page.addInitScript(PICKER);
  await page.reload();
  await writeFiles(page, {
    'Holidays/square.png': fixture('good-32x32.png').buffer,
    'Holidays/dot.gif': fixture('good.gif').buffer,
  });
  await page.getByRole('button', { name: 'Choose folder' }).click();
  await expect(app.picture('dot.gif')).toBeVisible();
  await app.choose('Models', ['Mini Qwen2-VL']);
  await app.choose('Prompts', ['Short caption']);
  // Withdrawn after it was given: the page learns it when it reads.
  await set(page, 'permission', 'denied');
  await page.getByRole('button', { name: 'Describe these pictures' }).click();
  await expect(app.status.getByText(/^\d+ done/u)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('button', { name: /^Retry \d+ failed$/u })).toBeVisible({
    timeout: 120_000,
  });
  expect(await app.journal()).toMatchObject({ descriptions: 3, verdicts: 3 });
  await expect(page.getByText('2 pictures lie in the folder “Holidays”.')).toBeVisible();
  await set(page, 'permission', 'granted');
  await page.getByRole('button', { name: /^Retry \d+ failed$/u }).click();
  await expect.poll(async () => (await app.journal()).descriptions, { timeout: 60_000 }).toBe(5);
  await expect.poll(async () => (await app.journal()).verdicts, { timeout: 60_000 }).toBe(5);
});
