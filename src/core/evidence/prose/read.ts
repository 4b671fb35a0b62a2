import type { ClaimKind } from '../../claims';
import { doubtfulClauses } from '../clauses';
import {
  backgroundStatements,
  languageStatements,
  ownWords,
  quotedStatements,
  rowStatements,
} from '../extract';
import { sentencesOf, type Sentence, type Word } from '../grammar';
import { grouped } from './grouped';
import type { Lexicon } from '../lexicon/lexicon';
import { nounPhrases } from '../noun-phrases';
import { HEDGE, HEDGE_ADVERBS } from '../words';
import { ClauseReader } from './clauses';
import { isTold, type Memory } from './sayings';
import { cleaned, originalOf } from './clean';
import { isForReaders, NO_THINGS } from './filler';
import { overallOf } from './overall';
import { isDenied, scopesOf } from './scopes';
import { MANY, piecesOf, quantityOf, retagged, type Thing } from './things';

/** A statement as prose makes it, before names are matched across descriptions. */
export interface ProseRead {
  readonly kind: ClaimKind;
  readonly subject: string;
  readonly value: string;
  /** The other thing of a relation or an action: the sofa of "on the sofa". */
  readonly target?: string;
  /** It is said that this is not so. */
  readonly denied: boolean;
  readonly certain: boolean;
  /** Only an article or a plural says so. */
  readonly implied: boolean;
  readonly plural: boolean;
  /** A piece of the description. */
  readonly sentence: string;
}

type Part = Pick<ProseRead, 'kind' | 'subject' | 'value'> & Partial<ProseRead>;

/**
 * What a description in the English of any model claims. Orders, code and sentiment claim nothing.
 * @param memory what "it" and "she" stood for in sentences before
 */
export function readProse(text: string, lexicon: Lexicon, memory: Memory = {}): ProseRead[] {
  const clean = cleaned(text);
  let from = 0;
  let table: readonly string[] | undefined;
  const reads = sentencesOf(clean.text).flatMap((sentence): ProseRead[] => {
    const found = clean.text.indexOf(sentence.text, from);
    const start = found < 0 ? from : found;
    from = found < 0 ? from : found + sentence.text.length;
    table = sentence.text.startsWith('|') ? (table ?? cells(sentence.text)) : undefined;
    const parts = table === undefined ? sentenceParts(sentence, lexicon, memory) : rowParts(sentence.text, table, lexicon); // prettier-ignore
    const original =
      found < 0 ? sentence.text : originalOf(text, clean, start, sentence.text.length);
    return parts.map((part) => ({
      denied: false,
      certain: true,
      implied: false,
      plural: false,
      ...part,
      sentence: original,
    }));
  });
  return oneCountEach(reads);
}

const cells = (line: string): string[] =>
  line.replace(/^\||\|\s*$/gu, '').split('|').map((cell) => cell.trim()); // prettier-ignore

/** A row of a table: of texts, or of things and how many there are. */
function rowParts(line: string, head: readonly string[], lexicon: Lexicon): Part[] {
  const at = head.findIndex((cell) => /count|number|quantity|how many|amount/iu.test(cell));
  if (at < 0) return rowStatements(line);
  const row = cells(line);
  return row === head ? [] : countParts(row[at === 0 ? 1 : 0] ?? '', row[at] ?? '', lexicon);
}

function countParts(what: string, count: string, lexicon: Lexicon): Part[] {
  const words = what.toLowerCase().match(/[\p{L}'’-]+/gu) ?? [];
  const number = quantityOf(count.toLowerCase().trim());
  const head = lexicon.head(words);
  if (head === undefined || number === undefined || NO_THINGS.has(head.name)) return [];
  if (number === 0) return [{ kind: 'object', subject: head.name, value: '', denied: true }];
  return [
    { kind: 'object', subject: head.name, value: '', plural: number > 1 },
    { kind: 'count', subject: head.name, value: String(number), plural: number > 1 },
  ];
}

/** "Dogs: 2", "chairs (4)", "3 x apple" */
const LISTED = /^\W*(?:(?<what>[\p{L}' -]{2,40}?)\s*(?::|–|—|-|=|\()\s*(?<count>\d{1,3}|[a-z]+)\)?|(?<first>\d{1,3})\s*[x×]\s*(?<thing>[\p{L}' -]{2,40}))\W*$/iu; // prettier-ignore

/** A heading or a label of a list: "Foreground:" */
const LABEL = /^\W*(?<label>[\p{L}][\p{L} &/()-]{1,40}):\s*/u;

function sentenceParts(sentence: Sentence, lexicon: Lexicon, memory: Memory): Part[] {
  const { text } = sentence;
  if (isForReaders(text)) return [];
  const { what, count, first, thing } = LISTED.exec(text)?.groups ?? {};
  const isFirst = memory.isBegun !== true;
  memory.isBegun = true;
  const listed = countParts(what ?? thing ?? '', count ?? first ?? '', lexicon);
  if (listed.length > 0) return listed;
  const quoted = textParts(text);
  const own = retagged(withoutLabel(ownWords(sentence.words), text), lexicon);
  return [...quoted, ...wordParts(own, { text, isFirst }, lexicon, memory)];
}

/** The words behind a label that names no thing. */
function withoutLabel(words: readonly Word[], text: string): readonly Word[] {
  const { label } = LABEL.exec(text)?.groups ?? {};
  const colon = words.findIndex(({ text: word }) => word === ':');
  if (label === undefined || colon < 0) return words;
  const last = label.toLowerCase().split(' ').at(-1) ?? '';
  const isHeading = colon === words.length - 1 && !/\b(are|is|has|have|shows?)\b/iu.test(label);
  return isHeading ||
    NO_THINGS.has(last) ||
    NO_THINGS.has(last.replace(/s$/u, '')) ||
    /^(objects?|people|animals|items|things)$/iu.test(label)
    ? words.slice(colon + 1)
    : words;
}

/** "reads STOP" */
const CAPITALS = /\b(?:reads?|reading|says?|saying|words?|text|labell?ed|titled|marked|numbers?|displaying)\s+(?<text>(?:[\p{Lu}\d][\p{Lu}\d'’&.-]*)(?:\s+[\p{Lu}\d][\p{Lu}\d'’&.-]*)*)(?![\p{Ll}])/u; // prettier-ignore

const NO_TEXT =
  /\b(no|any) (visible |readable |legible |discernible )?(text|writing|words?|lettering|letters|inscriptions?)\b/iu;

function textParts(text: string): Part[] {
  const statements = [...quotedStatements(text), ...languageStatements(text)];
  const capitals = statements.length > 0 ? undefined : CAPITALS.exec(text)?.groups?.text;
  const isLong = capitals !== undefined && /\p{Lu}{2}|\d/u.test(capitals);
  if (isLong)
    statements.push({ kind: 'text', subject: 'sign', value: capitals.replace(/[.'’-]+$/u, '') });
  const certain = !HEDGE.test(text);
  if (NO_TEXT.test(text) && /\b(no|not|n['’]t|without)\b/iu.test(text) && statements.length === 0) {
    return [{ kind: 'object', subject: 'text', value: '', denied: true, certain }];
  }
  return statements.map(({ kind, subject, value }) => ({
    kind,
    subject,
    value: kind === 'text' ? value.replace(/\s+/gu, ' ').replace(/[.,;:!]+$/u, '') : value,
    certain,
  }));
}

function wordParts(
  words: readonly Word[],
  { text, isFirst }: { readonly text: string; readonly isFirst: boolean },
  lexicon: Lexicon,
  memory: Memory,
): Part[] {
  const scopes = scopesOf(words);
  const pieces = piecesOf(words, lexicon);
  const doubts = HEDGE.test(text) ? doubtfulClauses(words, nounPhrases(words)) : [];
  const isHedged = HEDGE.test(text) && doubts.length === 0;
  const isCertain = (at: number): boolean =>
    !isHedged &&
    !doubts.some(({ start, end }) => start <= at && at < end) &&
    !words.slice(Math.max(0, at - 2), at + 1).some(({ lower }) => HEDGE_ADVERBS.has(lower)) &&
    !HEDGE_ADVERBS.has(words[0]?.lower ?? '');
  const reader = new ClauseReader(words, scopes, lexicon, memory).read(pieces);
  const things = pieces.flatMap((piece) => (piece.role === 'thing' ? [piece.thing] : []));
  const seen = things.filter(
    (thing) =>
      thing.start < scopes.end &&
      scopes.compared[thing.start] !== true &&
      !reader.unseen.has(thing),
  );
  const objects = seen.flatMap((thing) => {
    const denied = isDenied(words, thing.start, thing.end, scopes) || isNotSeen(words, thing);
    return thingParts(thing, denied, isCertain(thing.start));
  });
  const gone = things.filter((thing) => isDenied(words, thing.start, thing.end, scopes));
  const deniedUnseen = gone
    .filter((thing) => reader.unseen.has(thing))
    .flatMap((thing) => thingParts(thing, true, isCertain(thing.start)));
  const goneNames = new Set(gone.map(({ name }) => name));
  const sayings = reader.sayings
    .filter((saying) => isTold(saying, lexicon))
    .map(({ at, ...saying }): Part => {
      const isGone = goneNames.has(saying.target ?? '');
      return { ...saying, denied: saying.denied !== isGone, certain: isCertain(at) };
    })
    .flatMap((saying) => [...(isBareToo(saying) ? [withoutTarget(saying)] : []), saying])
    .filter(({ subject, target }) => !goneNames.has(subject) || target === undefined);
  return [
    ...objects,
    ...deniedUnseen,
    ...(/\b(nobody|no one|no-one)\b/iu.test(text) ? [NOBODY] : []),
    ...sayings.filter(({ subject }) => !goneNames.has(subject)),
    ...backgroundParts(words, isCertain),
    ...overallOf(text, isFirst && !HUNG.test(text)).map((value): Part => ({
      kind: 'overall',
      subject: 'image',
      value,
      certain: isCertain(0),
    })),
  ];
}

/** A picture in the picture. */
const HUNG = /\b(hangs?|hanging|hung|on (the|a) wall)\b/iu;

/** Who walks a dog is walking. */
const isBareToo = ({ kind, value, target }: Part): boolean =>
  kind === 'action' && target !== undefined && /^(walking|running|playing)$/u.test(value);

const withoutTarget = ({ kind, subject, value, ...rest }: Part): Part => ({
  kind,
  subject,
  value,
  denied: rest.denied === true,
  certain: rest.certain !== false,
});

const NOBODY: Part = { kind: 'object', subject: 'person', value: '', denied: true };

/** "People are not visible." */
function isNotSeen(words: readonly Word[], { end }: Thing): boolean {
  const after = words.slice(end, end + 5).map(({ lower }) => lower).join(' '); // prettier-ignore
  return /^(is|are|can|could) ?(not|n't|never) (be )?(visible|seen|present|there|shown|found)\b/u.test(
    after,
  );
}

function backgroundParts(words: readonly Word[], isCertain: (at: number) => boolean): Part[] {
  const at = words.findIndex(({ lower }) => lower === 'background');
  if (at < 0) return [];
  return backgroundStatements(words, nounPhrases(words)).map((statement) => ({
    ...statement,
    certain: isCertain(at),
  }));
}

function thingParts(thing: Thing, denied: boolean, certain: boolean): Part[] {
  const { name, count, article, plural, attributes } = thing;
  const base = { subject: name, certain, plural };
  if (denied) return [{ kind: 'object', value: '', denied, ...base }];
  const parts: Part[] = [{ kind: 'object', value: '', ...base }];
  if (count !== undefined) parts.push({ kind: 'count', value: count, ...base });
  else if (article) parts.push({ kind: 'count', value: '1', implied: true, ...base });
  else if (plural) parts.push({ kind: 'count', value: MANY, implied: true, ...base });
  return [...parts, ...attributes.map((value): Part => ({ kind: 'attribute', value, ...base }))];
}

/**
 * Of one thing a description tells one number: "three dogs: one black dog and two white dogs" are three, "a dog" behind
 * "two dogs" is one of them, and "two black dogs and one white dog" are three.
 */
function oneCountEach(reads: readonly ProseRead[]): ProseRead[] {
  const counts = grouped(
    reads.filter(({ kind, implied }) => kind === 'count' && !implied),
    ({ subject }) => subject,
  );
  const told = new Map<string, string>();
  for (const [subject, own] of counts) {
    const values = own.map(({ value }) => value);
    const numbers = values.filter((value) => value !== MANY).map(Number);
    const isOneSentence = new Set(own.map(({ sentence }) => sentence)).size === 1;
    const most = Math.max(...numbers);
    const sum = numbers.reduce((total, number) => total + number, 0);
    const isSum = isOneSentence && numbers.length > 1 && sum - most !== most;
    told.set(subject, numbers.length === 0 ? MANY : String(isSum ? sum : most));
  }
  const done = new Set<string>();
  return reads.flatMap((read) => {
    const value = read.kind === 'count' ? told.get(read.subject) : undefined;
    if (value === undefined) return [read];
    if (read.implied || (read.value !== value && done.has(read.subject))) return [];
    done.add(read.subject);
    return [{ ...read, value }];
  });
}
