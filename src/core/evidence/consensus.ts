import pluralize from 'pluralize';
import type { Claim, ClaimKind } from '../claims';
import { PLURAL_WORDS } from './words';

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');

/**
 * A caption without a model: what the models agree on, and where they agree on nothing what one of them
 * says, hedged. Empty only when there is no claim at all.
 */
export function consensusCaption(claims: readonly Claim[]): string {
  const objects = ofKind(claims, 'object');
  const agreed = objects.filter(({ standing }) => standing === 'agreed');
  const things = agreed.length > 0 ? agreed : objects.slice(0, 3);
  const sentences: string[] = [];
  if (things.length > 0) {
    const list = joined(things.map((thing) => counted(thing.subject, claims)));
    const first = things[0]?.subject ?? '';
    const verb = countOf(first, claims) > 1 || isPluralWord(first) ? 'are' : 'is';
    sentences.push(agreed.length > 0 ? `There ${verb} ${list}.` : `There may be ${list}.`);
  }
  for (const { subject, value } of ofKind(claims, 'relation').filter(isAgreed)) {
    if (things.some((thing) => thing.subject === subject)) {
      const be = isPluralWord(subject) ? 'are' : 'is';
      sentences.push(`The ${subject} ${be} ${placePhrase(value)}.`);
    }
  }
  const background = ofKind(claims, 'attribute').filter(
    (claim) => claim.subject === 'background' && isAgreed(claim),
  );
  if (background.length > 0) {
    sentences.push(`The background is ${joined(background.map(({ value }) => value))}.`);
  }
  for (const { value } of ofKind(claims, 'text').filter(isAgreed))
    sentences.push(`The text says “${value}”.`);
  return sentences.join(' ');
}

function ofKind(claims: readonly Claim[], kind: ClaimKind): Claim[] {
  return claims.filter((claim) => claim.kind === kind);
}

function isAgreed({ standing }: Claim): boolean {
  return standing === 'agreed';
}

function countOf(subject: string, claims: readonly Claim[]): number {
  const count = ofKind(claims, 'count').find(
    (claim) => claim.subject === subject && isAgreed(claim),
  );
  return count === undefined ? 1 : Number(count.value);
}

function counted(subject: string, claims: readonly Claim[]): string {
  const count = countOf(subject, claims);
  if (count > 1) return `${NUMBERS[count] ?? String(count)} ${plural(subject)}`;
  if (isPluralWord(subject)) return subject;
  return `${/^[aeiou]/u.test(subject) ? 'an' : 'a'} ${subject}`;
}

/** "stacks of books" */
function plural(subject: string): string {
  const [thing = '', ...content] = subject.split(' of ');
  return [pluralize(thing), ...content].join(' of ');
}

/** "glasses" are said without an article. */
function isPluralWord(subject: string): boolean {
  return PLURAL_WORDS.has(subject) && subject.endsWith('s') && subject !== 'rhinoceros';
}

function placePhrase(place: string): string {
  if (place === 'centre') return 'in the centre';
  return place === 'left' || place === 'right' ? `on the ${place}` : `at the ${place}`;
}

/** "a, b and c" */
function joined(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
