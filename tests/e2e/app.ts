import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';

export const SAMPLES = ['Two cats and a dog', 'Traffic', 'A sign in German'] as const;

const FIXTURES = fileURLToPath(new URL('../fixtures/images/', import.meta.url));

export interface FilePayload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A fixture as a file; under another name where one is given. */
export function fixture(file: string, name = file): FilePayload {
  return { name, mimeType: '', buffer: readFileSync(join(FIXTURES, file)) };
}

/** The page as a person uses it: by roles and names. */
export class App {
  readonly page: Page;
  /** Every request that left the origin. There must be none. */
  readonly foreign: string[] = [];
  /** Paths of weight files that were fetched. */
  readonly weightRequests: string[] = [];

  constructor(page: Page, origin: string) {
    this.page = page;
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== new URL(origin).origin)
        this.foreign.push(url.href);
      if (url.pathname.includes('/models/')) this.weightRequests.push(url.pathname);
    });
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** The gallery. */
  get pictures(): Locator {
    return this.page.getByRole('list', { name: 'Pictures' });
  }

  picture(name: string): Locator {
    return this.pictures.getByRole('button', { name, exact: true });
  }

  /** Opens a described picture and waits until keys work on it: what a picture is shown with is fetched with the first. */
  async openPicture(name: string): Promise<void> {
    await this.picture(name).click();
    await expect(this.page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
  }

  get status(): Locator {
    return this.page.getByRole('group', { name: 'Run', exact: true });
  }

  /** Chooses files through the set-up's picker. */
  async addFiles(files: readonly FilePayload[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Choose files' }).first().click();
    await (await chooser).setFiles([...files]);
  }

  /** Checks the models (or prompts) of these names and unchecks the others. */
  async choose(group: 'Models' | 'Prompts', names: readonly string[]): Promise<void> {
    // Before what was kept has been read, the set-up is not there yet.
    await expect(this.page.getByText('Opening', { exact: true })).toBeHidden();
    const folded = this.page.getByRole('button', { name: 'Set-up', expanded: false });
    if (await folded.isVisible()) await folded.click();
    const boxes = this.page.getByRole('list', { name: group }).getByRole('checkbox');
    await expect(boxes.first()).toBeVisible();
    for (const box of await boxes.all()) {
      const label = await box.evaluate((node) => node.closest('label')?.textContent.trim() ?? '');
      await box.setChecked(names.includes(label));
    }
  }

  async waitForEnd(timeoutMs = 100_000): Promise<void> {
    await expect(this.status.getByText(/^\d+ done$/u)).toBeVisible({ timeout: timeoutMs });
  }

  /** Number of cells that the journal has as descriptions, failures and verdicts. */
  async journal(): Promise<{
    descriptions: number;
    failures: number;
    verdicts: number;
    finishedAt: Record<string, number>;
  }> {
    return this.page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open('vlm-image-analysis');
          open.onerror = () => reject(new Error('no database'));
          open.onsuccess = () => {
            const counts = {
              descriptions: 0,
              failures: 0,
              verdicts: 0,
              finishedAt: {} as Record<string, number>,
            };
            const cursor = open.result.transaction('journal').objectStore('journal').openCursor();
            cursor.onsuccess = () => {
              const at = cursor.result;
              if (at === null) {
                open.result.close();
                resolve(counts);
                return;
              }
              const row = at.value as { kind: string; description?: { finishedAt: number } };
              if (row.kind === 'description') {
                counts.descriptions += 1;
                counts.finishedAt[at.key as string] = row.description?.finishedAt ?? 0;
              } else if (row.kind === 'verdict') counts.verdicts += 1;
              else if (row.kind === 'failure') counts.failures += 1;
              at.continue();
            };
          };
        }),
    );
  }
}
