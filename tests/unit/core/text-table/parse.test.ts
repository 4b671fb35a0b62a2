import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../../src/core/text-table/parse';
import answers from '../../../fixtures/text-answers.json';

/** In the style of real models' answers; every row is original, English, language. */
describe('answers in every form', () => {
  test.each(answers.map((answer) => [answer.name, answer] as const))('%s', (_, answer) => {
    const kind = {
      isTable: answer.prompt !== 'extensive',
      isOnlyText: answer.prompt === 'read-text',
    };
    const rows = readAnswer(answer.answer.join('\n'), kind);
    expect(rows.map(({ original, english, language }) => [original, english, language])).toEqual(
      answer.rows,
    );
  });
});
