import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/paths.mjs';
import type { ModelFixture } from './fixture';

/** The fixture repositories, written by training/fixtures/make.py. */
export const FIXTURES = join(ROOT, 'tests', 'fixtures', 'models');

export function fixtureNames(): string[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

export function readFixture(name: string): ModelFixture {
  return JSON.parse(readFileSync(join(FIXTURES, name, 'fixture.json'), 'utf8')) as ModelFixture;
}
