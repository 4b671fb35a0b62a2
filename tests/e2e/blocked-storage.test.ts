import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';
import { App } from './app';

test('where the browser keeps nothing, a run works from memory, and the page says so', async ({
  baseURL,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'vlm-blocked-'));
  mkdirSync(join(profile, 'Default'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(profile, {
    args: chromiumArgs({ webgpu: false }),
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    const app = new App(page, baseURL ?? '');
    await app.open();
    await expect(page.getByText(/lets the site keep nothing/u)).toBeVisible();
    await app.choose('Prompts', ['Short caption']);
    await page.getByRole('button', { name: 'Describe these pictures' }).click();
    await app.waitForEnd();
    await app.picture('Traffic').click();
    await expect(page.getByText(/^Written by/u)).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true });
  }
});
