import { describe, expect, test } from 'vitest';
import { NO_WISHES } from '../../../src/core/wishes';
import { canFollowLength, canSpeak, wishNotes } from '../../../src/ui/setup/wish-text';

const MINI = { name: 'Mini' };
const TINY = { name: 'Tiny' };
const LARGE = { name: 'Large', follows: { languages: ['de'] as const, length: true } };

describe('what the chosen models make of wishes', () => {
  test('is said where nothing is wished yet', () => {
    expect(wishNotes([MINI, TINY], NO_WISHES)).toEqual([
      'Mini and Tiny speak English only.',
      'They answer each prompt at the length learned for it; Short caption and Alt text are short.',
    ]);
    expect(wishNotes([LARGE], NO_WISHES)).toEqual([]);
  });

  test('names those that can’t follow, and what they do instead', () => {
    const notes = wishNotes([MINI, LARGE], { ...NO_WISHES, language: 'de', length: 'short' });
    expect(notes).toEqual([
      'Mini does not know German and answers in English.',
      'Mini answers each prompt at the length learned for it, whatever is chosen here; Short caption and Alt text are short.',
      'Claims and verdicts are made from English; other languages stand side by side.',
    ]);
  });

  test('decides what can be chosen', () => {
    expect([canSpeak([MINI], 'en'), canSpeak([MINI], 'de'), canSpeak([MINI, LARGE], 'de')]).toEqual(
      [true, false, true],
    );
    expect(canSpeak([LARGE], 'fr')).toBe(false);
    expect([canFollowLength([MINI]), canFollowLength([MINI, LARGE])]).toEqual([false, true]);
  });
});
