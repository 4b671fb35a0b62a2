import { expect, type Locator, type Page } from '@playwright/test';

/** The screen of full-size models, as a person uses it. */
export class ModelsScreen {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** @param endpoint where the Hub is: set once, kept by the app */
  async open(endpoint?: string, token?: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Full-size models' }).click();
    await expect(this.page.getByRole('heading', { name: 'Full-size models' })).toBeVisible();
    if (endpoint === undefined) return;
    await this.page.getByText('Hub address and access token').click();
    await this.page.getByLabel('Hub address').fill(endpoint);
    if (token !== undefined) await this.page.getByLabel('Access token').fill(token);
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(this.page.getByText(/^Saved/u)).toBeVisible({ timeout: 20_000 });
  }

  row(name: string): Locator {
    return this.page
      .getByRole('list', { name: 'Full-size models' })
      .getByRole('listitem', { name, exact: true });
  }

  async lookUp(repository: string): Promise<void> {
    await this.page.getByLabel('Any repository of the Hub').fill(repository);
    await this.page.getByRole('button', { name: 'Look it up' }).click();
  }

  async allowAny(): Promise<void> {
    await this.page
      .getByRole('checkbox', { name: 'Allow repositories that are not in the catalogue' })
      .check();
  }

  async download(name: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Download ${name}` })
      .click();
    await this.isHere(name);
  }

  async isHere(name: string): Promise<void> {
    await expect(this.row(name).getByText('On this device', { exact: true })).toBeVisible({
      timeout: 60_000,
    });
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: 'Back to the pictures' }).click();
  }
}
