import pluralize from 'pluralize';
import { PLURAL_WORDS } from './words';

export const NUMBER_WORDS =
  'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** "a cat", "an owl", "sunglasses"; the name keeps its spelling. */
export function withArticle(name: string): string {
  return isPluralWord(name) ? name : `${article(name)} ${name}`;
}

/** "a cat", "two cats"; `adjective` only for single things: "a red car". */
export function counted(name: string, count: number, adjective = ''): string {
  if (count <= 1) return withArticle(adjective === '' ? name : `${adjective} ${name}`);
  return `${NUMBER_WORDS[count] ?? String(count)} ${plural(name)}`;
}

/** "glasses" are said without an article and with "are". */
export function isPluralWord(name: string): boolean {
  const [thing = ''] = name.split(' of ');
  const last = thing.slice(thing.lastIndexOf(' ') + 1);
  if (last === 'rhinoceros') return false;
  return (
    (PLURAL_WORDS.has(last) && last.endsWith('s')) ||
    (pluralize.isPlural(last) && !pluralize.isSingular(last))
  );
}

/** "in the centre", "on the left", "at the top right" */
export function placePhrase(place: string): string {
  if (place === 'centre') return 'in the centre';
  return place === 'left' || place === 'right' ? `on the ${place}` : `at the ${place}`;
}

/** "a", "a and b", "a, b and c" */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

function article(phrase: string): string {
  if (/^(uni|eu|one|ukulele|use)/iu.test(phrase)) return 'a';
  return /^[aeiou]|^hour/iu.test(phrase) ? 'an' : 'a';
}

/** "stacks of books" */
function plural(name: string): string {
  const [thing = '', ...content] = name.split(' of ');
  const space = thing.lastIndexOf(' ') + 1;
  const many = thing.slice(0, space) + pluralize.plural(thing.slice(space));
  return [many, ...content].join(' of ');
}
