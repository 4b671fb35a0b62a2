import { describe, expect, test } from 'vitest';
import { readClaims } from '../../../../src/core/evidence/extract';
import { PREDEFINED_PROMPTS } from '../../../../src/core/prompts';
import { FLORENCE_TASKS, tasksFor } from '../../../../workers/families/florence-tasks';

const box = '<loc_1><loc_20><loc_300><loc_999>';

describe('our prompts', () => {
  test.each(PREDEFINED_PROMPTS.map((prompt) => [prompt.id, prompt.text] as const))(
    '%s have a task',
    (_, text) => {
      expect(tasksFor(text).length).toBeGreaterThan(0);
      expect(tasksFor(`${text} Answer in German.`)).toEqual(tasksFor(text));
    },
  );

  test('are told apart, and one that is not ours gets the longest description', () => {
    const textOf = (id: string) => PREDEFINED_PROMPTS.find((prompt) => prompt.id === id)!.text;
    expect(tasksFor(textOf('comprehensive'))).toEqual(['<MORE_DETAILED_CAPTION>', '<OCR>']);
    expect(tasksFor(textOf('objects'))).toEqual(['<OD>']);
    expect(tasksFor(textOf('read-text'))).toEqual(['<OCR>']);
    expect(tasksFor('What is the dog doing?')).toEqual(['<MORE_DETAILED_CAPTION>']);
    expect(tasksFor('<CAPTION>')).toEqual(['<CAPTION>']);
    expect(tasksFor('toString')).toEqual(['<MORE_DETAILED_CAPTION>']);
  });
});

describe('answers', () => {
  test.each([
    [`</s><s>person${box}${box}dog${box}person${box}</s>`, 'Three people and one dog.'],
    [`car${box}`, 'One car.'],
    [Array(13).fill(`sheep${box}`).join(''), '13 sheep.'],
    ['</s><s></s>', ''],
  ])('%s of objects are counts', (answer, text) => {
    expect(FLORENCE_TASKS['<OD>'].toText(answer)).toBe(text);
  });

  test('in text lose start, end and places', () => {
    const { toText } = FLORENCE_TASKS['<CAPTION>'];
    expect(toText('</s><s>A dog <loc_1> on a  mat.</s>')).toBe('A dog on a mat.');
  });

  test('that were read become a claim about text', () => {
    const text = FLORENCE_TASKS['<OCR>'].toText('</s><s>OPEN 24 HOURS</s>');
    expect(readClaims(text)).toContainEqual(
      expect.objectContaining({
        statement: { kind: 'text', subject: 'sign', value: 'OPEN 24 HOURS' },
      }),
    );
    expect(FLORENCE_TASKS['<OCR>'].toText('<s></s>')).toBe('');
  });
});
