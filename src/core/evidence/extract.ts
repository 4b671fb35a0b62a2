import type { Statement } from '../claims';
import { doubtfulClauses, hasVerb } from './clauses';
import { sentencesOf, type Word } from './grammar';
import { nounPhrases, type NounPhrase } from './noun-phrases';
import { LANGUAGES } from './languages';
import {
  BACKGROUND_KINDS,
  COLOURS,
  DENIAL,
  HEDGE,
  HEDGE_ADVERBS,
  PLACES,
  SIZES,
  spelt,
} from './words';

/** A statement as one sentence makes it. */
export interface ReadStatement {
  readonly statement: Statement;
  readonly sentence: string;
  readonly certain: boolean;
  /** For an object: said with "a" or "an", which is to say that there is one. */
  readonly article: boolean;
}

/** A statement as a claim: `implied` where only the article says it. */
export interface ReadClaim extends ReadStatement {
  readonly implied: boolean;
}

/** All that a description claims, also that a thing is one where it is said with "a". */
export function readClaims(text: string): ReadClaim[] {
  return extractStatements(text).flatMap((read) => {
    const { kind, subject } = read.statement;
    const claim = { ...read, implied: false };
    if (kind !== 'object' || !read.article) return [claim];
    const one: Statement = { kind: 'count', subject, value: '1' };
    return [claim, { ...read, statement: one, article: false, implied: true }];
  });
}

/** A statement as it is read, before the sentence's own doubt. */
type Said = Pick<ReadStatement, 'statement' | 'certain'> & { readonly article?: boolean };

/** Cuts a description into checkable statements. Clauses that deny something make none. */
export function extractStatements(text: string): ReadStatement[] {
  return sentencesOf(text).flatMap((sentence) => {
    const quoted = [...rowStatements(sentence.text), ...quotedStatements(sentence.text)];
    const language = languageStatements(sentence.text);
    const own = quoted.length > 0 ? ownWords(sentence.words) : affirmedWords(sentence.words);
    const phrases = nounPhrases(own);
    const doubts = HEDGE.test(sentence.text) ? doubtfulClauses(own, phrases) : [];
    const doubtful = HEDGE.test(sentence.text) && doubts.length === 0;
    const isDoubtful = (at: number) => doubts.some(({ start, end }) => start <= at && at < end);
    return [
      ...[...quoted, ...language].map((statement): Said => ({
        statement,
        certain: !HEDGE.test(sentence.text),
      })),
      ...statementsOf(own, phrases, isDoubtful),
    ].map(({ statement, certain, article = false }) => ({
      statement,
      sentence: sentence.text,
      certain: certain && !doubtful,
      article,
    }));
  });
}

/** The words that are not quoted: what stands in quotation marks is text in the picture. */
export function ownWords(words: readonly Word[]): readonly Word[] {
  let quoted = false;
  return words.filter(({ text }) => {
    const isMark = QUOTATION_MARK.test(text);
    if (isMark) quoted = !quoted;
    return isMark || !quoted;
  });
}

/** "There is a sign, but I cannot read it": the words up to "but". */
function affirmedWords(words: readonly Word[]): readonly Word[] {
  const but = words.findIndex(({ lower }) => lower === 'but');
  const clauses = but < 0 ? [words] : [words.slice(0, but), words.slice(but + 1)];
  return clauses.find((clause) => !DENIAL.test(clause.map(({ lower }) => lower).join(' '))) ?? [];
}

function statementsOf(
  words: readonly Word[],
  phrases: readonly NounPhrase[],
  isDoubtful: (at: number) => boolean,
): Said[] {
  const things = phrases.filter(({ role }) => role === 'thing');
  const isSure = (phrase: NounPhrase) =>
    isCertain(words, phrases, phrase) && !isDoubtful(phrase.start);
  const background = words.findIndex(({ lower }) => lower === 'background');
  return [
    ...things.flatMap((thing) =>
      thingStatements(thing).map((statement) => ({
        statement,
        certain: isSure(thing),
        article: statement.kind === 'object' && thing.article,
      })),
    ),
    ...things.flatMap((thing) =>
      adjectiveStatements(words, thing).map((statement) => ({ statement, certain: isSure(thing) })),
    ),
    ...placeStatements(words, phrases).map(({ statement, thing, place }) => ({
      statement,
      certain: isSure(place) && isSure(thing),
    })),
    ...backgroundStatements(words, phrases).map((statement) => ({
      statement,
      certain: !isDoubtful(background),
    })),
    ...phrases.flatMap((phrase) =>
      overallStatements(phrase).map((statement) => ({
        statement,
        certain: !isDoubtful(phrase.start),
      })),
    ),
  ];
}

/** "A cat and possibly a dog": the doubt is about the dog; before a whole sentence it is about all of it. */
function isCertain(
  words: readonly Word[],
  phrases: readonly NounPhrase[],
  { start, end }: NounPhrase,
): boolean {
  const isHedge = (word: Word | undefined) => word !== undefined && HEDGE_ADVERBS.has(word.lower);
  const before = words.slice(Math.max(0, start - 2), start);
  const reach = before.findLastIndex(({ pos }) => pos === 'PUNCT' || pos === 'CCONJ');
  const near = [...before.slice(reach + 1), ...words.slice(start, end)];
  return !near.some(isHedge) && !(isHedge(words[0]) && hasVerb(words, phrases));
}

function thingStatements({ name, count, colours, sizes }: NounPhrase): Statement[] {
  const statements: Statement[] = [{ kind: 'object', subject: name, value: '' }];
  if (count !== undefined) statements.push({ kind: 'count', subject: name, value: String(count) });
  for (const value of [...colours, ...sizes])
    statements.push({ kind: 'attribute', subject: name, value });
  return statements;
}

/** "The car is red.", "The car is large." */
function adjectiveStatements(words: readonly Word[], thing: NounPhrase): Statement[] {
  const [verb, ...rest] = words.slice(thing.end, thing.end + 3);
  if (verb === undefined || !/^(is|are)$/u.test(verb.lower)) return [];
  const said = rest.find(({ pos }) => pos !== 'ADV');
  const value = spelt(said?.lower ?? '');
  return COLOURS.has(value) || SIZES.has(value)
    ? [{ kind: 'attribute', subject: thing.name, value }]
    : [];
}

/**
 * "A dog at the top left", "the dog is on the right", "at the bottom is a cat": a place belongs to the
 * thing before it, or to the one after it when it opens the sentence.
 */
function placeStatements(
  words: readonly Word[],
  phrases: readonly NounPhrase[],
): { statement: Statement; thing: NounPhrase; place: NounPhrase }[] {
  const things = phrases.filter(({ role }) => role === 'thing');
  return phrases
    .filter(({ role }) => role === 'place')
    .flatMap((phrase) => {
      const thing =
        things.findLast((other) => other.end <= phrase.start) ??
        things.find((other) => other.start >= phrase.end);
      const said = words
        .slice(phrase.start, phrase.end)
        .map(({ lower }) => spelt(lower))
        .join(' ');
      const value = PLACES.find((known) => said.includes(known));
      // "To the left of the dog" says where something else is.
      const isRelative =
        words[phrase.end]?.lower === 'of' && things.some(({ start }) => start === phrase.end + 1);
      if (thing === undefined || value === undefined || isRelative) return [];
      const statement: Statement = { kind: 'relation', subject: thing.name, value };
      return [{ statement, thing, place: phrase }];
    });
}

/** Colour and pattern in the clause that names the background. */
export function backgroundStatements(
  words: readonly Word[],
  phrases: readonly NounPhrase[],
): Statement[] {
  const index = words.findIndex(({ lower }) => lower === 'background');
  if (index < 0) return [];
  const own = phrases.find(({ start, end }) => start <= index && index < end);
  const opensClause = own?.start === 0 || words[(own?.start ?? 0) - 1]?.pos === 'PUNCT';
  // "The background is green and striped" says it behind the word, "on a plain blue background" before it.
  const from = own?.start ?? index;
  const to = opensClause ? words.length : index;
  return words
    .slice(from, to)
    .map(({ lower }) => spelt(lower))
    .filter((word) => COLOURS.has(word) || BACKGROUND_KINDS.has(word))
    .map((value) => ({ kind: 'attribute', subject: 'background', value }));
}

/** What kind of picture it is. */
function overallStatements({ name }: NounPhrase): Statement[] {
  const value = spelt(name.split(' ').at(-1) ?? '');
  const isMedium =
    value === 'photo' || value === 'drawing' || value === 'painting' || value === 'screenshot';
  return isMedium ? [{ kind: 'overall', subject: 'image', value }] : [];
}

const QUOTATION_MARK = /^["“”„«»'‘’]+$/u;

const QUOTED = [
  /[“"„«]([^“”"„«»]{1,200})[”"“»]/gu,
  // Single marks only around whole words: "the cat's" is no quotation.
  /(?<![\p{L}\d])['‘]([^'‘’]{1,200})['’](?![\p{L}\d])/gu,
];

/** Text that the description puts in quotation marks is text read in the picture. */
export function quotedStatements(sentence: string): Statement[] {
  if (sentence.startsWith('|')) return [];
  return QUOTED.flatMap((pattern) => [...sentence.matchAll(pattern)]).map((match) => {
    const text = match[1] ?? '';
    const isMeaning = MEANING.test(sentence.slice(0, match.index));
    return isMeaning
      ? { kind: 'translation', subject: 'sign', value: text.trim() }
      : textStatement(text);
  });
}

/** Before a quotation: what follows is a translation, not what stands there. */
const MEANING = /\b(means?|meaning|translat\w*( to| as| into)?|in English)\b[^"“”„«»]*$/iu;

/** "The language is German", "It is written in French". */
export function languageStatements(sentence: string): Statement[] {
  if (DENIAL.test(sentence)) return [];
  const said = /\b(?:language is|written in|text is in|text in)\s+(\p{Lu}\p{L}+)/u.exec(sentence);
  const value = said?.[1] ?? '';
  return LANGUAGES.has(value) ? [{ kind: 'language', subject: 'sign', value }] : [];
}

/** The first cell of a table of texts: "| original | English translation | language |". */
export function rowStatements(line: string): Statement[] {
  if (!line.startsWith('|')) return [];
  const original = (line.split('|')[1] ?? '').replace(/^\s*["“„«']|["”“»']\s*$/gu, '').trim();
  const isHead = /^(original( text)?|text|[-: ]*)$/iu.test(original);
  return isHead ? [] : [textStatement(original)];
}

function textStatement(text: string): Statement {
  return { kind: 'text', subject: 'sign', value: text.trim() };
}
