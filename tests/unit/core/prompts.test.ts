import { describe, expect, test } from 'vitest';
import { PREDEFINED_PROMPTS } from '../../../src/core/prompts';

describe('the predefined prompts', () => {
  test('are the seven of the design, in its order', () => {
    expect(PREDEFINED_PROMPTS.map(({ title }) => title)).toEqual([
      'Comprehensive analysis',
      'Extensive description',
      'Short caption',
      'Objects and counts',
      'Read the text',
      'Style and composition',
      'Alt text',
    ]);
  });

  test('have ids and texts of their own', () => {
    expect(new Set(PREDEFINED_PROMPTS.map(({ id }) => id)).size).toBe(7);
    expect(new Set(PREDEFINED_PROMPTS.map(({ text }) => text)).size).toBe(7);
  });

  test('three are chosen on the first visit', () => {
    const chosen = PREDEFINED_PROMPTS.filter(({ initial }) => initial).map(({ id }) => id);
    expect(chosen).toEqual(['comprehensive', 'extensive', 'objects']);
  });

  test('those that ask for a table of texts say so', () => {
    const tables = PREDEFINED_PROMPTS.filter(({ expects }) => expects === 'text-table');
    expect(tables.map(({ id }) => id)).toEqual(['comprehensive', 'read-text']);
  });

  test.each(PREDEFINED_PROMPTS)('$id says why it is there', ({ rationale }) => {
    expect(rationale).toMatch(/\.$/u);
  });
});
