import pluralize from 'pluralize';
import { predefinedId } from './predefined';

/** A task token of Florence-2 and how its answer becomes text. Tasks: Xiao et al. 2023, arXiv:2311.06242, table 9. */
export interface FlorenceTask {
  readonly toText: (answer: string) => string;
}

export type FlorenceTaskName = keyof typeof FLORENCE_TASKS;

const PLACE = /<loc_\d+>/gu;
const SPECIAL = /<\/?s>|<pad>/gu;

/** An answer as words: without start and end, and without the places of boxes. */
export function withoutPlaces(answer: string): string {
  return answer.replace(SPECIAL, '').replace(PLACE, ' ').replace(/\s+/gu, ' ').trim();
}

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/**
 * `person<loc_1><loc_2><loc_3><loc_4>person<loc_…>dog<loc_…>` -> "Two people and one dog." A box with no name before it is
 * another one of the name before.
 */
function countsOf(answer: string): string {
  const counts = new Map<string, number>();
  let name = '';
  for (const [, label = ''] of answer.replace(SPECIAL, '').matchAll(/([^<]*)(?:<loc_\d+>){4}/gu)) {
    name = label.trim() === '' ? name : label.trim();
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = [...counts].map(
    ([each, count]) => `${NUMBERS[count] ?? String(count)} ${pluralize(each, count)}`,
  );
  const last = parts.pop();
  if (last === undefined) return withoutPlaces(answer);
  const text = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Text that was read, as a sentence that the claims are read from. */
function readText(answer: string): string {
  const text = withoutPlaces(answer);
  return text === '' ? '' : `The text says "${text}".`;
}

export const FLORENCE_TASKS = {
  '<CAPTION>': { toText: withoutPlaces },
  '<DETAILED_CAPTION>': { toText: withoutPlaces },
  '<MORE_DETAILED_CAPTION>': { toText: withoutPlaces },
  '<OD>': { toText: countsOf },
  '<OCR>': { toText: readText },
} satisfies Readonly<Record<string, FlorenceTask>>;

/** Our prompts by id; what it was not trained for gets its longest description. */
const BY_PROMPT: Readonly<Record<string, readonly FlorenceTaskName[]>> = {
  comprehensive: ['<MORE_DETAILED_CAPTION>', '<OCR>'],
  extensive: ['<MORE_DETAILED_CAPTION>'],
  short: ['<CAPTION>'],
  objects: ['<OD>'],
  'read-text': ['<OCR>'],
  style: ['<MORE_DETAILED_CAPTION>'],
  'alt-text': ['<CAPTION>'],
};

/** The tasks that come nearest to a question; a task's own name stands for itself. */
export function tasksFor(question: string): readonly FlorenceTaskName[] {
  if (Object.hasOwn(FLORENCE_TASKS, question)) return [question as FlorenceTaskName];
  return BY_PROMPT[predefinedId(question) ?? ''] ?? ['<MORE_DETAILED_CAPTION>'];
}
