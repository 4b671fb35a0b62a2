import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { ImageItem } from '../../src/core/image';
import { cellsOf, type Run, type RunModel } from '../../src/core/run';
import type { ModelSpec } from '../../src/models/spec';

/** Two models of the Hub that nobody has measured: one says what is there, one dreams. */
export const HONEST = 'tiny/honest-vlm';
export const DREAMER = 'tiny/dreaming-vlm';

const THINGS = [
  'dog',
  'horse',
  'bicycle',
  'sheep',
  'tractor',
  'cow',
  'tent',
  'rabbit',
  'goat',
  'car',
];

const thing = (index: number): string => THINGS[index % THINGS.length]!;

export const honest = (index: number): string =>
  `A ${thing(index)} on the grass next to a wooden bench.`;
export const dreamed = (index: number): string =>
  `A ${thing(index)} on the grass. A woman is holding a red umbrella. A cat is sleeping on a chair.`;

function specs(): ModelSpec[] {
  return [HONEST, DREAMER].map((id) => ({
    id,
    name: id === HONEST ? 'Honest VLM 500M' : 'Dreaming VLM 2B',
    role: 'vision',
    family: 'qwen2_vl',
    revision: 'c0ffee',
    precision: 'q8',
    files: [],
    source: { kind: 'hub', repository: id },
    licence: 'MIT',
    summary: '',
    figures: {},
  }));
}

/** The judge that comes with the app. */
function judge(): RunModel {
  const file = readFileSync('src/models/embedded.json', 'utf8');
  const { 'mini-judge': entry } = JSON.parse(file) as Record<string, { readonly revision: string }>;
  return { id: 'embedded/mini-judge', revision: entry!.revision, precision: 'q8' };
}

interface Rows {
  readonly store: string;
  readonly rows: readonly (readonly [key: string, value: unknown])[];
}

function put(page: Page, stores: readonly Rows[]): Promise<void> {
  return page.evaluate(async (all) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('vlm-image-analysis');
      open.onsuccess = () => resolve(open.result);
    });
    const write = database.transaction(
      all.map(({ store }) => store),
      'readwrite',
    );
    for (const { store, rows } of all)
      for (const [key, value] of rows) write.objectStore(store).put(value, key);
    await new Promise((resolve) => (write.oncomplete = resolve));
    database.close();
  }, stores);
}

/** Two models of the Hub have described these pictures, and nobody has judged them yet. */
export async function putDescribed(page: Page, images: readonly ImageItem[]): Promise<Run> {
  const models = specs();
  const run: Run = {
    id: 'learned',
    name: 'Meadow',
    createdAt: 1_700_000_000_000,
    images,
    models: models.map(({ id, revision, precision }) => ({ id, revision, precision })),
    prompts: [
      {
        id: 'short',
        title: 'Short caption',
        text: 'Describe it.',
        rationale: '',
        expects: 'prose',
      },
    ],
    judge: judge(),
    judgeMode: 'select',
    decode: { maxNewTokens: 64, sampling: { kind: 'greedy' } },
    device: 'wasm',
    threads: 1,
    environment: {
      versions: { app: '0', transformers: '0', onnxruntime: '0' },
      browser: '',
      adapter: null,
    },
  };
  const indices = new Map(images.map(({ id }, index) => [id, index]));
  const cells = await cellsOf(run);
  const journal = cells.map(({ key, imageId, modelId }): [string, unknown] => {
    const index = indices.get(imageId) ?? 0;
    const description = {
      text: modelId === HONEST ? honest(index) : dreamed(index),
      device: 'wasm',
      timings: { lookMs: 1, generateMs: 1, newTokens: 1 },
      finishedAt: run.createdAt,
      cutOff: false,
    };
    return [key, { version: 1, kind: 'description', description }];
  });
  await put(page, [
    { store: 'journal', rows: journal },
    { store: 'runs', rows: [[run.id, { version: 1, run }]] },
    { store: 'models', rows: models.map((spec) => [spec.id, { version: 1, spec, savedAt: 1 }]) },
  ]);
  return run;
}

/** A person has written what is there about these pictures of a run. */
export async function putCorrected(page: Page, run: Run, count: number): Promise<void> {
  const at = await page.evaluate(() => Date.now());
  const rows = run.images.slice(0, count).map(({ id }, index): [string, unknown] => {
    const edit = { texts: [{ text: honest(index), at }], accepted: true };
    return [`${run.id}|${id}`, { version: 1, edit }];
  });
  await put(page, [{ store: 'edits', rows }]);
}
