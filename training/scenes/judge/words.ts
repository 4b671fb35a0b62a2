/** English for the judge's texts. Subjects are lemmas of any word, as the app's extractor gives them. */
import pluralize from 'pluralize';
import { article, NUMBERS } from '../words.ts';

export { listed } from '../words.ts';

/** "a cat", "an owl", "sunglasses". Unlike the models' texts it keeps the claim's spelling. */
export function withArticle(name: string): string {
  const last = name.slice(name.lastIndexOf(' ') + 1);
  return pluralize.isPlural(last) && !pluralize.isSingular(last) ? name : `${article(name)} ${name}`;
}

/** "a cat", "two cats"; `adjective` only for single things: "a red car". */
export function counted(name: string, count: number, adjective = ''): string {
  if (count <= 1) return withArticle(adjective === '' ? name : `${adjective} ${name}`);
  const space = name.lastIndexOf(' ') + 1;
  const plural = name.slice(0, space) + pluralize.plural(name.slice(space));
  return `${NUMBERS[count] ?? String(count)} ${plural}`;
}

export function placePhrase(place: string): string {
  if (place === 'centre') return 'in the centre';
  return place === 'left' || place === 'right' ? `on the ${place}` : `at the ${place}`;
}
