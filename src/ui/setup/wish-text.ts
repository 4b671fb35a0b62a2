import { LANGUAGES, type LengthKind, type Wishes } from '../../core/wishes';
import type { ModelSpec } from '../../models/spec';
import { listed } from '../common/format';

export const LENGTH_TEXT: Record<LengthKind, string> = {
  prompt: 'As the prompt says',
  short: 'Short',
  medium: 'Medium',
  long: 'Long',
  characters: 'At most … characters',
};

type Model = Pick<ModelSpec, 'name' | 'follows'>;

/** Whether any of these models can follow a wish for this language. */
export function canSpeak(models: readonly Model[], language: Wishes['language']): boolean {
  return (
    language === 'en' ||
    models.some(({ follows }) => follows?.languages?.includes(language) === true)
  );
}

export function canFollowLength(models: readonly Model[]): boolean {
  return models.some(({ follows }) => follows?.length === true);
}

/** What the chosen models make of the wishes: who can't follow, and what they do instead. */
export function wishNotes(models: readonly Model[], { language, length }: Wishes): string[] {
  const notes: string[] = [];
  const english = models.filter(({ follows }) => (follows?.languages ?? []).length === 0);
  const deaf = models.filter((model) => !canSpeak([model], language));
  const fixed = models.filter(({ follows }) => follows?.length !== true);
  if (deaf.length > 0) {
    const what = `${verb(deaf, 'does', 'do')} not know ${LANGUAGES[language]} and ${verb(deaf, 'answers', 'answer')} in English`;
    notes.push(`${names(deaf)} ${what}.`);
  } else if (english.length > 0 && language === 'en') {
    notes.push(`${names(english)} ${verb(english, 'speaks', 'speak')} English only.`);
  }
  if (fixed.length > 0) {
    const isNamed = notes.length > 0 && fixed.length > 1 && isSame(fixed, english);
    const who = isNamed ? 'They' : names(fixed);
    const only = length === 'prompt' ? '' : ', whatever is chosen here';
    notes.push(
      `${who} ${verb(fixed, 'answers', 'answer')} each prompt at the length learned for it${only}; Short caption and Alt text are short.`,
    );
  }
  if (language !== 'en' && deaf.length < models.length)
    notes.push('Claims and verdicts are made from English; other languages stand side by side.');
  return notes;
}

function names(models: readonly Model[]): string {
  return listed(models.map(({ name }) => name));
}

function verb(models: readonly Model[], one: string, many: string): string {
  return models.length === 1 ? one : many;
}

function isSame(a: readonly Model[], b: readonly Model[]): boolean {
  return a.length === b.length && a.every((model) => b.includes(model));
}
