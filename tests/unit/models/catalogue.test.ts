import { describe, expect, test } from 'vitest';
import { ARCHITECTURES } from '../../../src/models/architectures';
import { CATALOGUE, catalogued } from '../../../src/models/catalogue';
import { DEVICE_KINDS, type DeviceKind, type HubModel } from '../../../src/models/hub-model';
import { hubSpec } from '../../../src/models/hub-spec';
import { PRECISIONS } from '../../../src/models/onnx-files';
import { planModel } from '../../../src/models/plan';
import { modelTree } from './model-tree';
import { CHAT_FORMS } from '../../../workers/families/chat-forms';

const F16 = ['fp16', 'q4f16'];
const ENTRIES = CATALOGUE.map((model) => [model.repository, model] as const);
const RUNS = CATALOGUE.flatMap((model) =>
  DEVICE_KINDS.filter((kind) => model.recipes[kind].length > 0).map(
    (kind) => [model.repository, kind, model] as const,
  ),
);

test('repositories are there once, whatever the case they are written in', () => {
  const ids = CATALOGUE.map(({ repository }) => repository.toLowerCase());
  expect(new Set(ids).size).toBe(ids.length);
  expect(catalogued('QWEN/nothing')).toBeUndefined();
  expect(catalogued(CATALOGUE[0]!.repository.toUpperCase())).toBe(CATALOGUE[0]);
});

test('both those that see and judges are there, and each runs without 16-bit numbers', () => {
  const seeing = CATALOGUE.filter(({ roles }) => roles.includes('vision'));
  expect(seeing.length).toBeGreaterThan(20);
  expect(CATALOGUE.filter(({ roles }) => roles[0] === 'judge').length).toBeGreaterThan(10);
  for (const { recipes } of CATALOGUE) expect(recipes.webgpu.length).toBeGreaterThan(0);
});

describe.each(ENTRIES)('%s', (_, model) => {
  const architecture = ARCHITECTURES[model.family];

  test('has the roles that its family can have', () => {
    const roles = [
      ...(architecture.sees ? ['vision'] : []),
      ...(architecture.canJudge ? ['judge'] : []),
    ];
    expect(model.roles).toEqual(roles);
  });

  test('has a precision for every part in every recipe, and for no other', () => {
    const recipes = DEVICE_KINDS.flatMap((kind) => model.recipes[kind]);
    for (const recipe of recipes)
      expect(Object.keys(recipe).sort()).toEqual([...architecture.parts].sort());
  });

  test('has no precision that the device can not compute, or that is known not to work', () => {
    const used = (kind: DeviceKind) =>
      model.recipes[kind].flatMap((recipe) => Object.values(recipe));
    for (const precision of used('webgpu')) expect(F16).not.toContain(precision);
    for (const kind of DEVICE_KINDS)
      for (const precision of used(kind)) expect(model.broken ?? []).not.toContain(precision);
  });

  test('says what it is in sentences, without a size that was not asked', () => {
    for (const sentence of [model.summary, ...model.trouble]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/u);
      expect(sentence).not.toMatch(/\d\s?(?:GB|MB)\b(?<!8 GB)/u);
    }
    expect(model.licence.url).toMatch(/^https:\/\//u);
  });
});

test.each(RUNS)('%s is planned on %s as its best recipe says', (_, kind, model) => {
  const plan = planModel(modelTree(model), kind, 'auto', model);
  if (!plan.ok) throw new Error(JSON.stringify(plan.refusal));
  expect(plan.value.parts).toEqual(model.recipes[kind][0]);
  expect(plan.value.family).toBe(model.family);
  const spec = hubSpec(
    { repository: model.repository, commit: 'c', licence: null },
    plan.value,
    model,
  );
  expect(spec).toMatchObject({ id: model.repository, name: model.name, revision: 'c' });
});

const only4Bit = ({ family }: HubModel) => family === 'phi3_v';

test.each(RUNS.filter(([, kind, model]) => kind === 'wasm' && !only4Bit(model)))(
  '%s has no 4 bits on the CPU (%s) where its repository has more',
  (_, kind, model) => {
    const plan = planModel(modelTree(model), kind, 'auto', model);
    if (!plan.ok) throw new Error(plan.refusal.code);
    for (const precision of Object.values(plan.value.parts)) expect(precision).not.toMatch(/4/u);
  },
);

test('what runs on WebGPU alone is refused on the CPU, and it is said where it runs', () => {
  const model = catalogued('onnx-community/Qwen3.5-0.8B-ONNX')!;
  expect(planModel(modelTree(model), 'wasm', 'auto', model)).toEqual({
    ok: false,
    refusal: { code: 'device-not-supported', runsOn: ['webgpu-f16', 'webgpu'] },
  });
});

test('every family is used, or stands beside one that shares its code', () => {
  const used = new Set(CATALOGUE.map(({ family }) => family));
  const unused = Object.keys(ARCHITECTURES).filter((family) => !used.has(family as never));
  expect(unused.sort()).toEqual(['granite', 'lfm2', 'llava', 'mistral', 'qwen2']);
  const own = ['phi3_v', 'moondream1', 'florence2'];
  for (const [family, { sees }] of Object.entries(ARCHITECTURES))
    expect(family in CHAT_FORMS || own.includes(family), family).toBe(sees);
  expect(PRECISIONS).toHaveLength(8);
});
