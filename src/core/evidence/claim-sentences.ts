import type { Claim, ClaimKind } from '../claims';
import { levelOf, type SubjectClaims } from '../judge-prompt';
import {
  actionPhrase,
  counted,
  isMedium,
  isPluralWord,
  linkOf,
  listed,
  placePhrase,
  targetOf,
  withArticle,
} from './english';
import { BACKGROUND_KINDS, PLACES } from './words';

/** One sentence of a description made of claims, and the claims that it says. */
export interface ClaimSentence {
  readonly text: string;
  readonly claimIds: readonly string[];
}

const FRAMES = new Set(['background', 'image', 'sign']);

/**
 * The claims' own words, as a judge should write them: what is certain or likely is stated, what is doubtful
 * is hedged; of values that exclude each other the first, the heaviest, counts. The embedded judge learns
 * these texts, and they stand in where a judge's own can't stand.
 * @param said claims that stand in the text already and are not said again
 */
export function claimSentences(
  lines: readonly SubjectClaims[],
  said: ReadonlySet<string> = new Set(),
): ClaimSentence[] {
  const things = lines.filter(({ subject }) => !FRAMES.has(subject));
  const stated = things.filter(isFirm);
  const hedged = things.filter((line) => !isFirm(line));
  const sentences = [
    ...presence(unsaid(stated, said), lineOf(lines, 'image'), things.some(isSaid(said))),
    ...stated.flatMap((line) => [...placeSentence(line), ...sceneSentences(line)]),
    ...doubts(unsaid(hedged, said), stated.length > 0),
    ...backgroundSentences(lineOf(lines, 'background')),
    ...lookSentences(lineOf(lines, 'image')),
    ...signSentences(lineOf(lines, 'sign'), said),
  ].filter(({ claimIds }) => claimIds.some((id) => !said.has(id)));
  if (sentences.length > 0 || said.size > 0) return sentences;
  const medium = mediumOf(lineOf(lines, 'image'));
  return medium === undefined
    ? []
    : [{ text: `The image is ${withArticle(medium.value)}.`, claimIds: [medium.id] }];
}

/** Whether a sentence has told that it is there. */
const isSaid =
  (said: ReadonlySet<string>) =>
  ({ claims }: SubjectClaims): boolean =>
    claims.some((claim) => isPresence(claim) && said.has(claim.id));

const unsaid = (lines: readonly SubjectClaims[], said: ReadonlySet<string>): SubjectClaims[] =>
  lines.filter((line) => !isSaid(said)(line));

const lineOf = (lines: readonly SubjectClaims[], subject: string): readonly Claim[] =>
  lines.find((line) => line.subject === subject)?.claims ?? [];

const isLikely = (claim: Claim): boolean => levelOf(claim) !== 'doubtful';

function isFirm({ claims }: SubjectClaims): boolean {
  return claims.some((claim) => isPresence(claim) && isLikely(claim));
}

const isPresence = ({ kind }: Claim): boolean => kind === 'object' || kind === 'count';

/** The heaviest value of a kind, if it is at least likely. */
function likely(claims: readonly Claim[], kind: ClaimKind): Claim | undefined {
  const first = claims.find((claim) => claim.kind === kind);
  return first !== undefined && isLikely(first) ? first : undefined;
}

function mediumOf(image: readonly Claim[]): Claim | undefined {
  return likely(
    image.filter(({ value }) => isMedium(value)),
    'overall',
  );
}

/** Even a doubtful count is better than none. */
function countOf({ claims }: SubjectClaims): number {
  return Number(claims.find(({ kind }) => kind === 'count')?.value ?? '1');
}

function presence(
  lines: readonly SubjectClaims[],
  image: readonly Claim[],
  isMore: boolean,
): ClaimSentence[] {
  if (lines.length === 0) return [];
  const medium = mediumOf(image);
  const claimIds = [...lines.flatMap(phraseIds), ...(medium === undefined ? [] : [medium.id])];
  const opening = `The ${medium?.value ?? 'image'} ${isMore ? 'also shows' : 'shows'}`;
  return [{ text: `${opening} ${listed(lines.map(phrase))}.`, claimIds }];
}

function doubts(lines: readonly SubjectClaims[], isMore: boolean): ClaimSentence[] {
  if (lines.length === 0) return [];
  const text = `There may ${isMore ? 'also ' : ''}be ${listed(lines.map(phrase))}.`;
  return [{ text, claimIds: lines.flatMap(phraseIds) }];
}

const isSide = ({ value }: Claim): boolean => PLACES.some((place) => place === value);

function placeSentence(line: SubjectClaims): ClaimSentence[] {
  const sides = line.claims.filter(isSide);
  const place = countOf(line) === 1 ? likely(sides, 'relation') : undefined;
  if (place === undefined) return [];
  const be = isPluralWord(line.subject) ? 'are' : 'is';
  return [
    {
      text: `The ${line.subject} ${be} ${placePhrase(place.value)}.`,
      claimIds: [place.id],
    },
  ];
}

/** At most so many sentences tell what one thing does, and where it is to others. */
const MOST_TOLD = 3;

/** "The cat is lying on the sofa." "The woman is wearing a dress." "The sofa has a cushion." */
function sceneSentences(line: SubjectClaims): ClaimSentence[] {
  const { subject, claims } = line;
  const told = claims.filter((claim) => isLikely(claim) && !isSide(claim));
  const [be, have] = isPluralWord(subject) || countOf(line) !== 1 ? ['are', 'have'] : ['is', 'has'];
  const the = `The ${countOf(line) === 1 ? subject : manyOf(subject)}`;
  const actions = told.filter(({ kind }) => kind === 'action');
  const places = told.filter(({ kind }) => kind === 'relation');
  const doing = actions.find(({ value }) => !value.includes(' '));
  const place = places.find(({ value }) => linkOf(value) !== 'with');
  const both = [doing, place].filter((claim) => claim !== undefined);
  const first = both.map(({ kind, value }) => (kind === 'action' ? value : placePhrase(value)));
  const rest = [...actions, ...places].filter((claim) => claim !== doing && claim !== place);
  return [
    ...(both.length === 0
      ? []
      : [{ text: `${the} ${be} ${first.join(' ')}.`, claimIds: both.map(({ id }) => id) }]),
    ...rest.map(({ id, kind, value }) => ({
      text:
        kind === 'action'
          ? `${the} ${be} ${actionPhrase(value)}.`
          : linkOf(value) === 'with'
            ? `${the} ${have} ${withArticle(targetOf(value))}.`
            : `${the} ${be} ${placePhrase(value)}.`,
      claimIds: [id],
    })),
  ].slice(0, MOST_TOLD);
}

/** "dogs", "glasses" */
function manyOf(name: string): string {
  return isPluralWord(name) ? name : counted(name, 2).slice('two '.length);
}

/** "The scene is at night.", "The image is black and white." */
function lookSentences(image: readonly Claim[]): ClaimSentence[] {
  return image
    .filter((claim) => isLikely(claim) && !isMedium(claim.value))
    .map(({ id, value }) => ({
      text: `The ${/colour|white/u.test(value) ? 'image' : 'scene'} is ${value === 'by day' ? 'in daylight' : value}.`,
      claimIds: [id],
    }));
}

function phrase(line: SubjectClaims): string {
  const count = countOf(line);
  const adjective = count === 1 ? likely(line.claims, 'attribute') : undefined;
  return counted(line.subject, count, adjective?.value ?? '');
}

function phraseIds(line: SubjectClaims): string[] {
  const count = line.claims.find(({ kind }) => kind === 'count');
  const adjective = countOf(line) === 1 ? likely(line.claims, 'attribute') : undefined;
  const object = line.claims.find(({ kind }) => kind === 'object');
  return [object, count, adjective].flatMap((claim) => (claim === undefined ? [] : [claim.id]));
}

function backgroundSentences(claims: readonly Claim[]): ClaimSentence[] {
  const firm = claims.filter(isLikely);
  const kind = firm.find(({ value }) => BACKGROUND_KINDS.has(value));
  const colour = firm.find(({ value }) => !BACKGROUND_KINDS.has(value));
  const told = [kind, colour].filter((claim) => claim !== undefined);
  const claimIds = told.map(({ id }) => id);
  if (kind?.value === 'gradient') {
    const name = [colour?.value, 'gradient'].filter((word) => word !== undefined).join(' ');
    return [{ text: `The background is ${withArticle(name)}.`, claimIds }];
  }
  if (told.length > 0) {
    return [{ text: `The background is ${told.map(({ value }) => value).join(' ')}.`, claimIds }];
  }
  const first = claims.find(({ value }) => !BACKGROUND_KINDS.has(value));
  return first === undefined
    ? []
    : [{ text: `The background may be ${first.value}.`, claimIds: [first.id] }];
}

function signSentences(claims: readonly Claim[], said: ReadonlySet<string>): ClaimSentence[] {
  const there = claims.find(isPresence);
  const text = claims.find(({ kind }) => kind === 'text');
  const place = likely(claims, 'relation');
  const sentences: ClaimSentence[] = [];
  const known = [there, text].filter((claim) => claim !== undefined);
  if (known.length > 0 && !isSaid(said)({ subject: 'sign', claims })) {
    const sure = known.some(isLikely);
    const where = sure && place !== undefined ? place : undefined;
    sentences.push({
      text: `There ${sure ? 'is' : 'may be'} a sign${where === undefined ? '' : ` ${placePhrase(where.value)}`}.`,
      claimIds: [...known, ...(where === undefined ? [] : [where])].map(({ id }) => id),
    });
  }
  if (text === undefined) return sentences;
  sentences.push({
    text: `It ${isLikely(text) ? 'says' : 'may say'} "${text.value}".`,
    claimIds: [text.id],
  });
  const language = likely(claims, 'language');
  if (language !== undefined) {
    sentences.push({ text: `The language is ${language.value}.`, claimIds: [language.id] });
  }
  const meaning = likely(claims, 'translation');
  if (meaning !== undefined) {
    sentences.push({ text: `In English it means "${meaning.value}".`, claimIds: [meaning.id] });
  }
  return sentences;
}
