import { describe, expect, test } from 'vitest';
import { adoptManifest, type Known } from '../../../src/core/adopt-manifest';
import { NO_WISHES } from '../../../src/core/wishes';
import { toManifest } from '../../../src/core/manifest';
import { run as runOf } from '../engine/runner/fake-ports';

const RUN = runOf({
  decode: { maxNewTokens: 24, sampling: { kind: 'sampled', seed: 7, temperature: 0.7, topP: 0.9 } },
  judgeMode: 'verify',
  precisionChoice: 'q4',
  wishes: { ...NO_WISHES, length: 'short' },
});
const named = (id: string, revision = 'r') => ({
  id,
  revision,
  precision: 'q8',
  name: `Model ${id}`,
});
const KNOWN: Known = {
  visionModels: ['one', 'two', 'three'].map((id) => named(id)),
  judgeModels: [named('judge')],
  prompts: RUN.prompts,
};
const adopt = (known: Partial<Known>) =>
  adoptManifest(toManifest(RUN), { ...KNOWN, ...known }, () => 'new');

describe('a manifest', () => {
  test('makes the same choices where everything is known', () => {
    expect(adopt({})).toEqual({
      modelIds: ['one', 'two'],
      judgeId: 'judge',
      judgeMode: 'verify',
      promptIds: ['p', 'q'],
      newPrompts: [],
      decode: RUN.decode,
      precision: 'q4',
      wishes: RUN.wishes,
      notes: [],
    });
  });

  test('an unknown model is left out, and a sentence says so and what to do', () => {
    const { modelIds, notes } = adopt({ visionModels: [named('two')] });
    expect(modelIds).toEqual(['two']);
    expect(notes).toEqual([
      'The model “one” is not here and was left out; get it under “Full-size models”, or choose another one.',
    ]);
    expect(adopt({ visionModels: [] }).notes.at(-1)).toMatch(/^Choose at least one model/u);
  });

  test('an unknown judge means none, and another revision is said', () => {
    const { judgeId, notes } = adopt({
      judgeModels: [],
      visionModels: [named('one', 'new'), named('two')],
    });
    expect(judgeId).toBeNull();
    expect(notes).toEqual([
      'Model one is another version by now (new q8 instead of r q8), so its texts may differ.',
      'The model “judge” is not here and was left out; get it under “Full-size models”, or choose another one.',
    ]);
  });

  test('a run without a judge stays without one', () => {
    const without = toManifest({ ...RUN, judge: null });
    expect(adoptManifest(without, KNOWN, () => 'new')).toMatchObject({ judgeId: null, notes: [] });
  });

  test('a prompt is known by its words; others become the user’s own under a new id', () => {
    const [p, q] = RUN.prompts;
    const renamed = { ...p!, id: 'mine', title: 'Mine' };
    const { promptIds, newPrompts, notes } = adopt({ prompts: [renamed, { ...q!, text: 'else' }] });
    expect(promptIds).toEqual(['mine', 'new']);
    expect(newPrompts).toEqual([{ ...q, id: 'new' }]);
    expect(notes).toEqual(['The prompt “q” is not one of this app; it is now among your own.']);
  });
});
