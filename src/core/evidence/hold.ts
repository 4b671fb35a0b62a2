import type { Claim } from '../claims';
import { levelOf, type SubjectClaims, subjects } from '../judge-prompt';
import type { TracedSentence } from '../verdict';
import { claimSentences } from './claim-sentences';
import { isPluralWord } from './english';
import { extractStatements, type ReadStatement } from './extract';
import { sentencesOf } from './grammar';
import { statementId } from './weigh';

/** A caption of which every sentence stands on the claims. */
export interface HeldCaption {
  readonly caption: string;
  readonly sentences: readonly TracedSentence[];
  /** Sentences of the judge that the claims don't carry: left out. */
  readonly dropped: readonly string[];
}

/**
 * Holds a small judge to the claims: a sentence that says what no claim says, the lighter of two values, or
 * with more or less certainty than the claim has is dropped, and what then is missing is said in the claims' own words.
 * For judges that write plain sentences; prose with words of its own would lose too much.
 */
export function heldToClaims(caption: string, claims: readonly Claim[]): HeldCaption {
  const lines = subjects(claims);
  const claimed = lines.flatMap((line) => line.claims);
  const kept = new Map<string, readonly string[]>();
  const dropped: string[] = [];
  for (const { text } of sentencesOf(caption)) {
    const claimIds = standingOn(extractStatements(text), claimed);
    const isWrong = claimIds === undefined || kept.has(text) || !hasArticles(text, lines);
    if (isWrong) dropped.push(text);
    else kept.set(text, claimIds);
  }
  const own = [...kept].map(
    ([text, claimIds]) => ({ text, claimIds, origin: 'supported' }) as const,
  );
  const missing = claimSentences(lines, new Set([...kept].flatMap(introduced)));
  const added = missing.map((sentence) => ({ ...sentence, origin: 'claims' }) as const);
  const sentences =
    added.length === 0 ? own : [...own, ...added].sort((a, b) => rank(a.text) - rank(b.text));
  const told = withoutAlso(sentences);
  return { caption: told.map(({ text }) => text).join(' '), sentences: told, dropped };
}

/** What comes first comes beside nothing. */
function withoutAlso(sentences: readonly TracedSentence[]): TracedSentence[] {
  return sentences.map((sentence, index) =>
    index === 0
      ? { ...sentence, text: sentence.text.replace(/\b(There may|The \w+) also /u, '$1 ') }
      : sentence,
  );
}

/** Small judges write "a large grapes", "shows stack of books" and "the stack of books are". */
function hasArticles(text: string, lines: readonly SubjectClaims[]): boolean {
  const lower = text.toLowerCase();
  return lines.every(({ subject }) => {
    const found = new RegExp(
      `(?<before>(?:\\S+ ){0,3})\\b${escaped(subject)}\\b(?<after> (?:is|are)\\b)?`,
      'u',
    ).exec(lower);
    if (found === null || NO_ARTICLES.has(subject)) return true;
    const { before = '', after = '' } = found.groups ?? {};
    const isMany = isPluralWord(subject);
    const words = before.trim().split(' ');
    if (words.includes('the')) return after === '' || after === (isMany ? ' are' : ' is');
    const hasOne = words.slice(-2).some((word) => /^(an?|one|\d+)$/u.test(word));
    return isMany
      ? !words.slice(-2).some((word) => /^an?$/u.test(word))
      : hasOne || NUMBERED.test(before);
  });
}

/** Said with and without: the models that the judge reads say "bread". */
const NO_ARTICLES = new Set([
  'bread',
  'popcorn',
  'broccoli',
  'cheese',
  'background',
  'image',
  'sign',
]);
const NUMBERED = /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several)\b/u;

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

/** "The cat is on the left" speaks of a cat that another sentence should have introduced. */
function introduced([text, claimIds]: readonly [string, readonly string[]]): readonly string[] {
  return claimIds.filter((id) => {
    const [, subject] = /^object:(.*)=$/u.exec(id) ?? [];
    return subject === undefined || !speaksOf(text, subject);
  });
}

const speaksOf = (text: string, subject: string): boolean =>
  text.toLowerCase().startsWith(`the ${subject} `);

/** Ids of the claims that a sentence says, undefined where one of its statements can't stand. */
function standingOn(
  statements: readonly ReadStatement[],
  told: readonly Claim[],
): readonly string[] | undefined {
  const claims = statements.map((read) => claimFor(read, told));
  const ids = claims.flatMap((claim) => (claim === undefined ? [] : [claim.id]));
  return ids.length > 0 && ids.length === statements.length ? [...new Set(ids)] : undefined;
}

function claimFor(
  { statement, certain, article }: ReadStatement,
  told: readonly Claim[],
): Claim | undefined {
  const claim = told.find(({ id }) => id === statementId(statement));
  if (claim === undefined) return undefined;
  const first = (kind: Claim['kind']): Claim | undefined =>
    told.find((other) => other.kind === kind && other.subject === claim.subject);
  const isHeaviest = claim.kind === 'attribute' || first(claim.kind)?.id === claim.id;
  const isSureEnough = claim.kind === 'count' || certain === (levelOf(claim) !== 'doubtful');
  const deniesCount = article && Number(first('count')?.value ?? 1) > 1;
  return isHeaviest && isSureEnough && !deniesCount ? claim : undefined;
}

/** Things first, then where they are, what may be there, the background, the sign and its text. */
function rank(sentence: string): number {
  const [first] = extractStatements(sentence);
  if (first === undefined) return RANKS.length;
  const { kind, subject } = first.statement;
  if (kind === 'text' || kind === 'language' || kind === 'translation') return RANKS.indexOf(kind);
  if (subject === 'sign' || subject === 'background') return RANKS.indexOf(subject);
  const isOfKnown = subject !== 'image' && speaksOf(sentence, subject);
  if (kind === 'relation' || isOfKnown) return RANKS.indexOf('places');
  return RANKS.indexOf(first.certain ? 'things' : 'doubts');
}

const RANKS = [
  'things',
  'places',
  'doubts',
  'background',
  'sign',
  'text',
  'language',
  'translation',
];
