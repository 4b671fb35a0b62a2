import { test as base } from '@playwright/test';
import { App } from './app';

/** `app` is a fresh visit; after each test no request may have left the origin. */
export const test = base.extend<{ app: App }>({
  app: async ({ page, baseURL }, use) => {
    const app = new App(page, baseURL ?? '');
    await app.open();
    await use(app);
    base.expect(app.foreign, 'requests to other origins').toEqual([]);
  },
});

export { expect } from '@playwright/test';
