import type { Statement } from '../claims';
import { sentencesOf, type Word } from './grammar';
import { nounPhrases, type NounPhrase } from './noun-phrases';
import { BACKGROUND_KINDS, COLOURS, DENIAL, HEDGE, HEDGE_ADVERBS, PLACES, spelt } from './words';

/** A statement as one sentence makes it. */
export interface ReadStatement {
  readonly statement: Statement;
  readonly sentence: string;
  readonly certain: boolean;
}

/** A statement and whether it is made without doubt. */
type Said = readonly [statement: Statement, certain: boolean];

/** Cuts a description into checkable statements. Clauses that deny something make none. */
export function extractStatements(text: string): ReadStatement[] {
  return sentencesOf(text).flatMap((sentence) => {
    const quoted = [...rowStatements(sentence.text), ...quotedStatements(sentence.text)];
    const own = quoted.length > 0 ? ownWords(sentence.words) : affirmedWords(sentence.words);
    const doubtful = HEDGE.test(sentence.text);
    return [...quoted.map((statement): Said => [statement, true]), ...statementsOf(own)].map(
      ([statement, certain]) => ({
        statement,
        sentence: sentence.text,
        certain: certain && !doubtful,
      }),
    );
  });
}

/** The words that are not quoted: what stands in quotation marks is text in the picture. */
function ownWords(words: readonly Word[]): readonly Word[] {
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

function statementsOf(words: readonly Word[]): Said[] {
  const phrases = nounPhrases(words);
  const things = phrases.filter(({ role }) => role === 'thing');
  return [
    ...things.flatMap((thing) =>
      thingStatements(thing).map((statement): Said => [statement, isCertain(words, thing)]),
    ),
    ...things.flatMap((thing) => colourStatements(words, thing)),
    ...placeStatements(words, phrases),
    ...backgroundStatements(words, phrases).map((statement): Said => [statement, true]),
    ...overallStatements(phrases).map((statement): Said => [statement, true]),
  ];
}

/** "A cat and possibly a dog": the doubt is about the dog; before a whole sentence it is about all of it. */
function isCertain(words: readonly Word[], { start, end }: NounPhrase): boolean {
  const isHedge = (word: Word | undefined) => word !== undefined && HEDGE_ADVERBS.has(word.lower);
  const isSentence = words.some(({ pos }) => pos === 'VERB' || pos === 'AUX');
  const before = words.slice(Math.max(0, start - 2), start);
  const reach = before.findLastIndex(({ pos }) => pos === 'PUNCT' || pos === 'CCONJ');
  const near = [...before.slice(reach + 1), ...words.slice(start, end)];
  return !near.some(isHedge) && !(isSentence && isHedge(words[0]));
}

function thingStatements({ name, count, colours }: NounPhrase): Statement[] {
  const statements: Statement[] = [{ kind: 'object', subject: name, value: '' }];
  if (count !== undefined) statements.push({ kind: 'count', subject: name, value: String(count) });
  for (const colour of colours)
    statements.push({ kind: 'attribute', subject: name, value: colour });
  return statements;
}

/** "The car is red." */
function colourStatements(words: readonly Word[], thing: NounPhrase): Said[] {
  const [verb, ...rest] = words.slice(thing.end, thing.end + 3);
  if (verb === undefined || !/^(is|are)$/u.test(verb.lower)) return [];
  const said = rest.find(({ pos }) => pos !== 'ADV');
  const value = spelt(said?.lower ?? '');
  if (!COLOURS.has(value)) return [];
  return [[{ kind: 'attribute', subject: thing.name, value }, isCertain(words, thing)]];
}

/**
 * "A dog at the top left", "the dog is on the right", "at the bottom is a cat": a place belongs to the
 * thing before it, or to the one after it when it opens the sentence.
 */
function placeStatements(words: readonly Word[], phrases: readonly NounPhrase[]): Said[] {
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
      return [[statement, isCertain(words, phrase) && isCertain(words, thing)] as const];
    });
}

/** Colour and pattern in the clause that names the background. */
function backgroundStatements(words: readonly Word[], phrases: readonly NounPhrase[]): Statement[] {
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
function overallStatements(phrases: readonly NounPhrase[]): Statement[] {
  return phrases
    .map(({ name }) => spelt(name.split(' ').at(-1) ?? ''))
    .filter(
      (name) =>
        name === 'photo' || name === 'drawing' || name === 'painting' || name === 'screenshot',
    )
    .map((value) => ({ kind: 'overall', subject: 'image', value }));
}

const QUOTATION_MARK = /^["“”„«»'‘’]+$/u;

const QUOTED = [
  /[“"„«]([^“”"„«»]{1,200})[”"“»]/gu,
  // Single marks only around whole words: "the cat's" is no quotation.
  /(?<![\p{L}\d])['‘]([^'‘’]{1,200})['’](?![\p{L}\d])/gu,
];

/** Text that the description puts in quotation marks is text read in the picture. */
function quotedStatements(sentence: string): Statement[] {
  if (sentence.startsWith('|')) return [];
  return QUOTED.flatMap((pattern) => [...sentence.matchAll(pattern)]).map((match) =>
    textStatement(match[1] ?? ''),
  );
}

/** The first cell of a table of texts: "| original | English translation | language |". */
function rowStatements(line: string): Statement[] {
  if (!line.startsWith('|')) return [];
  const original = (line.split('|')[1] ?? '').replace(/^\s*["“„«']|["”“»']\s*$/gu, '').trim();
  const isHead = /^(original( text)?|text|[-: ]*)$/iu.test(original);
  return isHead ? [] : [textStatement(original)];
}

function textStatement(text: string): Statement {
  return { kind: 'text', subject: 'sign', value: text.trim() };
}
