import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';

import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs';

/**
 * Chromium with a profile on the disk, as people have it: in Playwright's usual contexts all that is stored is in memory.
 * @param {readonly string[]} [args]
 */
export async function openProfile(args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'vlm-profile-'));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(folder, {
    args: [...chromiumArgs({ webgpu: false }), ...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  return {
    context,
    folder,
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
