import type { Claim } from '../../../src/core/claims.ts';
import { BACKGROUND_KINDS } from '../../../src/core/evidence/words.ts';
import { counted, listed, placePhrase, withArticle } from './words.ts';

/** At most so many single voices are mentioned, the heaviest. */
const HEDGED_LIMIT = 2;

interface Named {
  readonly name: string;
  readonly count: number;
  readonly place: string | null;
  readonly placeIsSure: boolean;
  readonly adjective: string;
}

/**
 * The description that the judge should write. It depends only on what the prompt shows: the claims that
 * fit the budget, heaviest first, with their support. Shared by two or more: stated. By one of several:
 * the first two things are hedged, the rest is left out. Where no thing is shared the heaviest is stated.
 */
export function targetText(shown: readonly Claim[], modelCount: number): string {
  const firm = (claim: Claim): boolean => claim.modelIds.length > 1 || modelCount === 1;
  const readable = shown.find(({ kind }) => kind === 'text');
  const names = [...new Set(shown.filter(isThing).map(({ subject }) => subject))];
  // The extractor also takes quoted words for things.
  const read = (name: string): boolean => name === 'sign' || (readable?.value.toLowerCase().includes(name) ?? false);
  const present = names.filter((name) => readable === undefined || !read(name));
  const agreed = present.filter((name) => shown.some((claim) => isThing(claim) && claim.subject === name && firm(claim)));
  const stated = agreed.length > 0 ? agreed : present.slice(0, 1);
  const hedged = present.filter((name) => !stated.includes(name)).slice(0, HEDGED_LIMIT);
  const things = stated.map((name) => thing(shown, name, firm));

  const overall = shown.find((claim) => claim.kind === 'overall' && firm(claim))?.value;
  const medium = overall === 'photo' || overall === 'drawing' ? overall : 'image';
  const sentences: string[] = [];
  if (things.length > 0) {
    const list = things.map(({ name, count, adjective }) => counted(name, count, adjective));
    sentences.push(`The ${medium} shows ${listed(list)}.`);
  }
  const places = things
    .filter(({ count, place }) => count === 1 && place !== null)
    .map(({ name, place, placeIsSure }) => {
      return `the ${name} ${placeIsSure ? 'is' : 'may be'} ${placePhrase(place ?? '')}`;
    });
  if (places.length > 0) sentences.push(`${capital(listed(places))}.`);
  if (hedged.length > 0) {
    sentences.push(`There may also be ${listed(hedged.map((name) => counted(name, countOf(shown, name))))}.`);
  }
  sentences.push(...backgroundSentences(shown, firm));
  if (readable !== undefined) {
    sentences.push(`A sign ${firm(readable) ? 'says' : 'may say'} "${readable.value}".`);
  }
  return sentences.length > 0 ? sentences.join(' ') : 'The models say nothing certain about this image.';
}

const isThing = ({ kind }: Claim): boolean => kind === 'object' || kind === 'count';

const countOf = (shown: readonly Claim[], name: string): number =>
  Number(shown.find(({ kind, subject }) => kind === 'count' && subject === name)?.value ?? '1');

function thing(shown: readonly Claim[], name: string, firm: (claim: Claim) => boolean): Named {
  const first = (kind: string): Claim | undefined =>
    shown.find((claim) => claim.kind === kind && claim.subject === name);
  const place = first('relation');
  const adjective = first('attribute');
  const placeIsSure = place !== undefined && firm(place);
  return {
    name,
    count: countOf(shown, name),
    // A place that one model gives and another denies is not worth a word.
    place: place === undefined || (place.standing === 'disputed' && !placeIsSure) ? null : place.value,
    placeIsSure,
    adjective: adjective !== undefined && firm(adjective) ? adjective.value : '',
  };
}

function backgroundSentences(shown: readonly Claim[], firm: (claim: Claim) => boolean): string[] {
  const about = shown.filter(({ kind, subject }) => kind === 'attribute' && subject === 'background');
  const colour = about.find(({ value }) => !BACKGROUND_KINDS.has(value));
  const kind = about.find(({ value }) => BACKGROUND_KINDS.has(value));
  const sure = [kind, colour].filter((claim) => claim !== undefined && firm(claim));
  const words = sure.map((claim) => claim?.value ?? '');
  if (words[0] === 'gradient') return [`The background is ${withArticle([...words.slice(1), 'gradient'].join(' '))}.`];
  if (words.length > 0) return [`The background is ${words.join(' ')}.`];
  return colour === undefined ? [] : [`The background may be ${colour.value}.`];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
