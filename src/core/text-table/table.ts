import type { PromptExpects } from '../prompts';
import type { OtherWording, TextRow } from '../verdict';
import { aligned, type Column } from './align';
import { languagesOf } from './detect';
import { readAnswer } from './parse';
import { folded, type Reading } from './reading';
import { similarity } from './similar';
import { votedText, votedWord } from './vote';

/** One model's answer to one prompt. */
export interface TextAnswer {
  readonly modelId: string;
  readonly prompt: { readonly id: string; readonly expects: PromptExpects };
  readonly text: string;
}

/** The prompt that asks for nothing but the text. */
export const READ_TEXT = 'read-text';

interface ModelLines {
  readonly modelId: string;
  readonly lines: readonly Reading[];
}

/**
 * The text in a picture as the models read it: the lines of their answers aligned, voted on line by line and letter by letter,
 * with the meaning that models give (none is made up where none gives one) and the language that they name, or else that the
 * words are in.
 */
export async function textTable(answers: readonly TextAnswer[]): Promise<TextRow[]> {
  const readers = linesByModel(answers);
  const columns = aligned(readers.map(({ lines }) => lines)).filter(
    (column, at, all) => !isRepeat(column, all.slice(0, at)),
  );
  const rows = columns.map((column) => rowOf(column, readers));
  const detected = await languagesOf(
    rows.map(({ original, language }) => (language === '' ? original : '')),
  );
  return rows.map((row, at) => {
    const language = detected[at] ?? '';
    return row.language !== '' || language === ''
      ? row
      : { ...row, language, isLanguageDetected: true };
  });
}

/** What each model read, in the order of the run: one list, also from several prompts. */
function linesByModel(answers: readonly TextAnswer[]): ModelLines[] {
  const ids = [...new Set(answers.map(({ modelId }) => modelId))];
  return ids.flatMap((modelId) => {
    const lists = answers
      .filter((answer) => answer.modelId === modelId)
      .map(({ prompt, text }) =>
        readAnswer(text, {
          isTable: prompt.expects === 'text-table',
          isOnlyText: prompt.id === READ_TEXT,
        }),
      )
      .filter((list) => list.length > 0)
      // What was asked for as a list is whole; running text beside it names some of it.
      .toSorted((a, b) => b.length - a.length);
    const lines = aligned(lists).map(({ readings }) => together([...readings.values()]));
    return lines.length === 0 ? [] : [{ modelId, lines }];
  });
}

/** One model's answers to several prompts are one voice. */
function together(readings: readonly Reading[]): Reading {
  return {
    original: votedText(readings.map(({ original }) => original)),
    english: votedWord(readings.map(({ english }) => english)),
    language: votedWord(readings.map(({ language }) => language)),
  };
}

/** The same words once more, where no second model has read them twice: a model that repeats itself. */
function isRepeat(column: Column, before: readonly Column[]): boolean {
  if (column.readings.size > 1) return false;
  const [reading] = column.readings.values();
  const fold = folded(reading?.original ?? '');
  return before.some(({ readings }) =>
    [...readings.values()].some(({ original }) => folded(original) === fold),
  );
}

function rowOf({ readings }: Column, readers: readonly ModelLines[]): TextRow {
  const said = [...readings]
    .toSorted(([a], [b]) => a - b)
    .map(([at, reading]) => ({ modelId: readers[at]?.modelId ?? '', reading }));
  const original = votedText(said.map(({ reading }) => reading.original));
  const language = votedWord(said.map(({ reading }) => reading.language));
  const alike = said.map(({ reading }) => similarity(exact(reading.original), exact(original)));
  return {
    original,
    english: votedWord(said.map(({ reading }) => reading.english)),
    language,
    modelIds: said.map(({ modelId }) => modelId),
    agreement: alike.reduce((sum, one) => sum + one, 0) / readers.length,
    readers: readers.length,
    others: otherWordings(said, original),
  };
}

/** Where a line is broken is no other wording. */
const exact = (text: string): string => text.replace(/\s+/gu, ' ');

function otherWordings(
  said: readonly { readonly modelId: string; readonly reading: Reading }[],
  original: string,
): OtherWording[] {
  const byText = new Map<string, string[]>();
  for (const { modelId, reading } of said) {
    const text = exact(reading.original);
    if (text !== exact(original)) byText.set(text, [...(byText.get(text) ?? []), modelId]);
  }
  return [...byText].map(([text, modelIds]) => ({ text, modelIds }));
}
