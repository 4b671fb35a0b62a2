import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../../src/core/run';
import { askedText, NO_WISHES, wishText, type Wishes } from '../../../src/core/wishes';
import { toRunModel } from '../../../src/state/run-plan';
import { EMBEDDED_MODELS } from '../../../src/models/embedded';
import { run as runOf } from './fake-run';

const GERMAN: Wishes = { ...NO_WISHES, language: 'de' };
const BRIEF: Wishes = { language: 'fr', length: 'characters', mostCharacters: 80 };

describe('what is wished beside a prompt', () => {
  test.each([
    [GERMAN, { languages: ['de', 'fr'] as const }, 'Answer in German.'],
    [BRIEF, { languages: ['de'] as const, length: true }, 'Answer in at most 80 characters.'],
    [
      BRIEF,
      { languages: ['fr'] as const, length: true },
      'Answer in French. Answer in at most 80 characters.',
    ],
    [{ ...NO_WISHES, length: 'short' as const }, { length: true }, 'Answer in one short sentence.'],
    [NO_WISHES, { languages: ['de'] as const, length: true }, ''],
    [GERMAN, { languages: ['fr'] as const }, ''],
    [BRIEF, undefined, ''],
  ])('%o of a model that follows %o', (wishes, follows, text) => {
    expect(wishText(wishes, follows)).toBe(text);
  });

  test('is not put to the embedded models, which know their prompts alone', () => {
    for (const spec of EMBEDDED_MODELS)
      expect(toRunModel(spec, BRIEF)).toEqual({
        id: spec.id,
        revision: spec.revision,
        precision: spec.precision,
      });
  });

  test('follows the prompt, and makes another cell', async () => {
    const plain = runOf();
    const [model, ...others] = plain.models;
    const alsoAsked = 'Answer in German.';
    const wished = runOf({ models: [{ ...model!, alsoAsked }, ...others] });
    const [before, after] = await Promise.all([cellsOf(plain), cellsOf(wished)]);
    expect(after[0]).toMatchObject({ asked: 'p Answer in German.', promptId: 'p' });
    expect(after[0]!.key).not.toBe(before[0]!.key);
    // What nothing was wished of keeps its key: finished work is found again.
    expect(after[2]!.key).toBe(before[2]!.key);
    expect(askedText('p', undefined)).toBe('p');
  });
});
