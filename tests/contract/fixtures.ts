import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/paths.mjs';
import { catalogued } from '../../src/models/catalogue';
import { hubSpec } from '../../src/models/hub-spec';
import { planModel } from '../../src/models/plan';
import type { ModelFile, ModelSpec } from '../../src/models/spec';
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

/** The files of a fixture as the Hub would list them. */
export function fixtureFiles(name: string): ModelFile[] {
  return readdirSync(join(FIXTURES, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const content = readFileSync(file);
      return {
        path: file.slice(join(FIXTURES, name).length + 1),
        bytes: content.byteLength,
        sha256: createHash('sha256').update(content).digest('hex'),
      };
    });
}

/** A fixture as a repository that was planned, to be fetched from the page that serves it. */
export function fixtureSpec(name: string): ModelSpec {
  const files = fixtureFiles(name);
  const json = (path: string): unknown =>
    JSON.parse(readFileSync(join(FIXTURES, name, path), 'utf8'));
  const configs = Object.fromEntries(
    ['config.json', 'tokenizer_config.json'].map((path) => [path, json(path)]),
  );
  const repository = `fixture/${name}`;
  // Documents' Granite is an idefics3 by its configuration: the catalogue alone knows what it is for.
  const model = name === 'granite_docling' ? catalogued(GRANITE_DOCLING) : undefined;
  const plan = planModel({ files, configs }, 'wasm', 'auto', model);
  if (!plan.ok) throw new Error(`${name}: ${plan.refusal.code}`);
  const names = { repository, commit: 'c0ffee', licence: null };
  return { ...hubSpec(names, plan.value, model), source: { kind: 'page', basePath: name } };
}

const GRANITE_DOCLING = 'onnx-community/granite-docling-258M-ONNX';
