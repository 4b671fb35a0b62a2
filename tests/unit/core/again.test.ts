import { describe, expect, test } from 'vitest';
import {
  asksTheSame,
  evidenceByImage,
  placesOf,
  standingTake,
  toAsk,
  withAgain,
  withJudgedAgain,
  type Again,
} from '../../../src/core/again';
import { withReplanned } from '../../../src/core/replan';
import { cellsOf } from '../../../src/core/run';
import { image, run as runOf } from './fake-run';

const SAMPLED = {
  maxNewTokens: 8,
  sampling: { kind: 'sampled', seed: 7, temperature: 0.7, topP: 0.9 },
} as const;

const run = runOf();
const [own] = await cellsOf(run);
if (own === undefined) throw new Error('a run without cells');

function asked(parts: Partial<Again> = {}): Again {
  const [model] = run.models;
  if (model === undefined) throw new Error('a run without models');
  return { place: own!.key, model, prompt: own!.prompt, decode: SAMPLED, askedAt: 1, ...parts };
}

const takes = async (...again: Again[]) => {
  const cells = await cellsOf(withAgain(run, again));
  return cells.filter(({ place }) => place === own.key);
};

describe('what was asked for again', () => {
  test('stands beside the cell in whose place it is, and leaves the others as they are', async () => {
    const cells = await cellsOf(withAgain(run, [asked()]));
    expect(cells).toHaveLength(9);
    expect(cells.map(({ key }) => key).slice(2)).toEqual(
      (await cellsOf(run)).map(({ key }) => key).slice(1),
    );
    expect(cells[1]).toMatchObject({ place: own.key, imageId: own.imageId });
    expect(cells[1]!.key).not.toBe(own.key);
    expect(cells[1]!.identity.decode).toEqual(SAMPLED);
  });

  test('may be another prompt, another model, or both', async () => {
    const model = { id: 'three', revision: 'r', precision: 'q8' };
    const prompt = { ...own.prompt, id: 'new', text: 'Which birds?' };
    const [, first, second] = await takes(asked({ model }), asked({ prompt }));
    expect(first).toMatchObject({ modelId: 'three', promptId: own.promptId });
    expect(second).toMatchObject({ modelId: 'one', promptId: 'new', prompt });
    expect(second!.identity.promptHash).not.toBe(own.identity.promptHash);
  });

  test('counts where it was asked for last', async () => {
    const back = asked({ decode: run.decode });
    expect((await takes(asked(), back)).map(({ key }) => key).at(-1)).toBe(own.key);
    expect(await takes(asked(), asked({ askedAt: 2 }))).toHaveLength(2);
  });

  test('counts when it is done, and not before', async () => {
    const cells = await takes(asked());
    const [place] = placesOf(cells);
    expect(standingTake(place!, () => false).key).toBe(own.key);
    expect(standingTake(place!, (key) => key === own.key).key).toBe(own.key);
    expect(standingTake(place!, () => true).key).toBe(cells[1]!.key);
  });
});

describe('what there is to ask', () => {
  const ofA = async () => (await cellsOf(run)).filter(({ imageId }) => imageId === own.imageId);

  test('is nothing where model, prompt and words stay as they were', async () => {
    expect(toAsk(await ofA(), {}, 1)).toEqual([]);
    expect(toAsk([own], { decode: run.decode }, 1)).toEqual([]);
  });

  test('is every answer for another seed', async () => {
    const cells = await ofA();
    const again = toAsk(cells, { decode: SAMPLED }, 1);
    expect(again.map(({ place }) => place)).toEqual(cells.map(({ key }) => key));
    expect(again[3]).toMatchObject({ model: { id: 'two' }, prompt: { id: 'q' }, askedAt: 1 });
  });

  test('is one answer a model for another prompt, and none that stands already', async () => {
    const cells = await ofA();
    const prompt = { ...own.prompt, id: 'new', text: 'Which birds?' };
    expect(toAsk(cells, { prompt }, 1).map(({ model }) => model.id)).toEqual(['one', 'two']);
    expect(toAsk(cells, { prompt: cells[1]!.prompt }, 1)).toEqual([]);
  });

  test('has a place of its own where the question is another one, and the others count as they did', async () => {
    const cells = await ofA();
    const prompt = { ...own.prompt, id: 'new', text: 'Which birds?' };
    const [ofOne] = toAsk([own], { prompt }, 1);
    expect(ofOne).toMatchObject({ isBeside: true, place: own.key });
    const planned = withAgain(run, [ofOne!]);
    const after = (await cellsOf(planned)).filter(({ imageId }) => imageId === own.imageId);
    const places = placesOf(after);
    expect(places).toHaveLength(cells.length + 1);
    expect(places.map((place) => standingTake(place, () => true).key)).toContain(own.key);
    // The verdict that there is was not made from it.
    const evidence = evidenceByImage(planned, after).get(own.imageId)!;
    expect(evidence.map(({ key }) => key)).toEqual(cells.map(({ key }) => key));
    // It can be asked for again in its turn, in its own place.
    const beside = after.find(({ isBeside }) => isBeside)!;
    const [take] = toAsk([beside], { decode: SAMPLED }, 2);
    expect(take).toMatchObject({ place: beside.key });
    expect(take!.isBeside).toBeUndefined();
    const twice = await cellsOf(withAgain(planned, [take!]));
    expect(twice.filter(({ place }) => place === beside.key)).toHaveLength(2);
  });

  test('stands where model and prompt fit best', async () => {
    const cells = await ofA();
    const [, two] = run.models;
    const again = toAsk(cells, { model: two!, decode: SAMPLED }, 1);
    expect(again.map(({ place }) => place)).toEqual([cells[2]!.key, cells[3]!.key]);
  });
});

describe('the evidence of a verdict', () => {
  test('is the run’s own cells until somebody has it judged again', async () => {
    const again = withAgain(run, [asked()]);
    const cells = await cellsOf(again);
    const keys = (of: typeof run) =>
      evidenceByImage(of, cells)
        .get(own.imageId)!
        .map((c) => c.key);
    expect(keys(again)).toEqual((await cellsOf(run)).slice(0, 4).map(({ key }) => key));
    const cellKeys = [cells[1]!.key, cells[2]!.key];
    const judged = withJudgedAgain(again, { imageId: own.imageId, cellKeys, askedAt: 1 });
    expect(keys(judged)).toEqual(cellKeys);
  });

  test('has an answer once that stands in two places', async () => {
    const [, next] = await cellsOf(run);
    const again = withAgain(run, [asked({ prompt: next!.prompt, decode: run.decode })]);
    const cells = await cellsOf(again);
    const judged = withJudgedAgain(again, {
      imageId: own.imageId,
      cellKeys: [next!.key],
      askedAt: 1,
    });
    expect(evidenceByImage(judged, cells).get(own.imageId)).toHaveLength(1);
  });
});

describe('what two runs ask', () => {
  const [model, ...models] = run.models;
  const [prompt, ...prompts] = run.prompts;
  const to = { ...model!, device: 'webgpu' } as const;

  test.each([
    ['other pictures', { images: [image('c')] }],
    ['the same in another order', { prompts: run.prompts.toReversed() }],
    ['a prompt of another name', { prompts: [{ ...prompt!, id: 'x', title: 'x' }, ...prompts] }],
    ['a model that went to another device', withReplanned(run, { places: [], to, plannedAt: 1 })],
  ])('is the same with %s', (_, parts) => {
    expect(asksTheSame(run, runOf(parts))).toBe(true);
  });

  test.each([
    ['fewer models', { models }],
    ['other words', { prompts: [{ ...prompt!, text: 'Other?' }, ...prompts] }],
    ['a wish', { models: [{ ...model!, alsoAsked: 'Briefly.' }, ...models] }],
    ['sampling', { decode: SAMPLED }],
    ['no judge', { judge: null }],
    ['another way to judge', { judgeMode: 'fuse' as const }],
    ['models that count otherwise', { calibrated: [{ name: 'ab', calibrations: {}, at: 1 }] }],
    [
      'a model that went to another precision',
      withReplanned(run, { places: [], to: { ...to, precision: 'q4' }, plannedAt: 1 }),
    ],
  ])('is not the same with %s', (_, parts) => {
    expect(asksTheSame(run, runOf(parts))).toBe(false);
  });
});
