import { isDenial, type Statement } from '../../claims';
import type { Lexicon } from '../lexicon/lexicon';
import { BACKGROUND_KINDS, PLACES } from '../words';
import { excludes, isColour } from './attributes';
import { folded, numberIn } from './match';
import { excludesOverall } from './overall';
import { excludesPlace, LINKS } from './places';
import { excludesAction } from './verbs';

/** A statement and who makes it. */
export interface Voiced extends Statement {
  readonly id: string;
  readonly modelIds: readonly string[];
}

/** How alike two texts have to be to be two readings of one. */
const ALIKE = 0.6;
/** Above this, numbers are estimates. */
const COUNTABLE = 10;
const CLOSE = 0.2;

/** Things that are told of as several by some model can stand and sit. */
export type IsMany = (subject: string) => boolean;

/** Whether two statements from prose can't both be true. */
export function areRivals(a: Voiced, b: Voiced, lexicon: Lexicon, isMany: IsMany): boolean {
  if (a.id === b.id) return false;
  const [denial, other] = isDenial(a) ? [a, b] : [b, a];
  if (isDenial(denial)) return !isDenial(other) && isDeniedBy(denial, other, lexicon);
  if (a.kind !== b.kind) return false;
  if (a.kind === 'overall') return excludesOverall(a.value, b.value);
  if (a.kind === 'text') return areMisreadings(a.value, b.value);
  if (a.kind === 'relation') return areOtherPlaces(a, b, isMany);
  if (a.subject !== b.subject) return false;
  if (a.kind === 'count') return areOtherNumbers(a.value, b.value);
  if (a.kind === 'attribute') return areOtherQualities(a, b);
  if (a.kind === 'action')
    return !isMany(a.subject) && excludesAction(first(a.value), first(b.value));
  return a.kind === 'language' || a.kind === 'translation';
}

const first = (value: string): string => value.split(' ')[0] ?? '';

function isDeniedBy(denial: Statement, other: Statement, lexicon: Lexicon): boolean {
  if (denial.kind === 'count') {
    if (denial.subject === 'text') return other.kind === 'text';
    const isThere = other.kind === 'object' || (other.kind === 'count' && other.value !== '0');
    return isThere && lexicon.isA(other.subject, denial.subject);
  }
  return (
    denial.kind === other.kind &&
    denial.subject === other.subject &&
    denial.value === `not ${other.value}`
  );
}

function areOtherNumbers(one: string, other: string): boolean {
  const [a, b] = [numberIn(one), numberIn(other)];
  if (a === undefined || b === undefined) return (a ?? b) === 1;
  return a > COUNTABLE && b > COUNTABLE ? Math.abs(a - b) > CLOSE * Math.max(a, b) : a !== b;
}

/** Two colours of one thing can both be right where one model names both. */
function areOtherQualities(a: Voiced, b: Voiced): boolean {
  if (excludes(a.value, b.value)) return true;
  if (BACKGROUND_KINDS.has(a.value) && BACKGROUND_KINDS.has(b.value)) return true;
  return (
    isColour(a.value) && isColour(b.value) && !a.modelIds.some((id) => b.modelIds.includes(id))
  );
}

function linked(value: string): { readonly link: string; readonly target: string } | undefined {
  const link = LINKS.find((each) => value.startsWith(`${each} `));
  return link === undefined ? undefined : { link, target: value.slice(link.length + 1) };
}

function areOtherPlaces(a: Voiced, b: Voiced, isMany: IsMany): boolean {
  if (a.subject !== b.subject && !a.value.endsWith(b.subject)) return false;
  if (isMany(a.subject) || isMany(b.subject)) return false;
  const sides: readonly string[] = PLACES;
  if (sides.includes(a.value) && sides.includes(b.value)) {
    const [one, other] = [a.value.split(' '), b.value.split(' ')];
    const isPart =
      one.every((word) => other.includes(word)) || other.every((word) => one.includes(word));
    return a.subject === b.subject && !isPart;
  }
  const [one, other] = [linked(a.value), linked(b.value)];
  if (one === undefined || other === undefined) return false;
  if (a.subject === b.subject && one.target === other.target)
    return excludesPlace(one.link, other.link);
  const isTurned = a.subject === other.target && b.subject === one.target;
  return (
    isTurned &&
    one.link === other.link &&
    /^(left of|in front of|on|in|under|above)$/u.test(one.link)
  );
}

/** "EXIT" and "EXIST" are readings of one text, "North" and "Parking" are two. */
function areMisreadings(one: string, other: string): boolean {
  const [a, b] = [folded(one), folded(other)];
  const longest = Math.max(a.length, b.length);
  return longest > 2 && a !== b && 1 - distance(a, b) / longest >= ALIKE;
}

/** How many letters have to be put in, taken out or changed. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 0; i < one.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const change = (row[j] ?? 0) + (one[i] === other[j] ? 0 : 1);
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, change));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
