import pluralize from 'pluralize';
import { NOT } from '../claims';
import { PLACES, PLURAL_WORDS } from './words';

/** Places of more than one word; all others have one. */
const LINKS = ['in front of', 'left of'];

export const NUMBER_WORDS =
  'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** "a cat", "an owl", "sunglasses"; the name keeps its spelling. */
export function withArticle(name: string): string {
  return isPluralWord(name) || SUBSTANCES.has(name) ? name : `${article(name)} ${name}`;
}

/** Of these one does not say "a". */
const SUBSTANCES = new Set(
  'water grass sand snow ice sky ground hair fur foliage smoke food clothing furniture luggage baggage traffic rice milk juice beer tea coffee wine wood mud hay lighting text produce'.split(
    ' ',
  ),
);

/** "a photo", but "at night". */
export function isMedium(value: string): boolean {
  return /^(photo|drawing|painting|screenshot|render)$/u.test(value);
}

/**
 * "a cat", "two cats", "no cats"; `adjective` only for single things: "a red car".
 * @param count NaN where only "several" is known
 */
export function counted(name: string, count: number, adjective = ''): string {
  if (count === 0) return `no ${plural(name)}`;
  if (SUBSTANCES.has(name)) return adjective === '' ? name : `${adjective} ${name}`;
  if (Number.isNaN(count)) return `several ${plural(name)}`;
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

/** "in the centre", "on the left", "at the top right", "on the sofa" of "on sofa" */
export function placePhrase(place: string): string {
  if (place.startsWith(NOT)) return `not ${placePhrase(place.slice(NOT.length))}`;
  if (!PLACES.some((known) => known === place)) return `${linkOf(place)} the ${targetOf(place)}`;
  if (place === 'centre') return 'in the centre';
  return place === 'left' || place === 'right' ? `on the ${place}` : `at the ${place}`;
}

/** What a place says of another thing: "on" of "on sofa", "in front of" of "in front of tree". */
export function linkOf(place: string): string {
  const link = LINKS.find((words) => place.startsWith(`${words} `)) ?? place.split(' ')[0] ?? '';
  return link === 'left of' ? 'to the left of' : link === 'beside' ? 'next to' : link;
}

/** "sofa" of "on sofa" */
export function targetOf(place: string): string {
  const link = LINKS.find((words) => place.startsWith(`${words} `)) ?? place.split(' ')[0] ?? '';
  return place.slice(link.length + 1);
}

/** "riding a horse" of "riding horse", "not sitting" */
export function actionPhrase(action: string): string {
  if (action.startsWith(NOT)) return `not ${actionPhrase(action.slice(NOT.length))}`;
  const [verb = '', ...object] = action.split(' ');
  return object.length === 0 ? verb : `${verb} ${withArticle(object.join(' '))}`;
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
