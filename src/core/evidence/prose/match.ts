import { isDenial, NOT, type Statement } from '../../claims';
import type { ReadClaim } from '../extract';
import { grouped } from './grouped';
import type { Lexicon } from '../lexicon/lexicon';
import { INVERSES } from './places';
import type { ProseRead } from './read';
import { MANY } from './things';

/** What one description says. */
export interface ProseText {
  readonly modelId: string;
  readonly reads: readonly ProseRead[];
}

/**
 * Gives what several descriptions say one wording, so that equal claims have equal statements: synonyms get the word
 * that most models use, so does a kind of a thing and the thing ("taxi" and "car") where only one is meant, texts that
 * differ in case or spaces are one text. Denials have the count 0 or a value that starts with "not".
 * @returns for each description its claims, in their order
 */
export function matched(texts: readonly ProseText[], lexicon: Lexicon): ReadClaim[][] {
  const names = new NameTable(texts, lexicon);
  const wordings = wordingsOf(texts);
  return texts.map(({ reads }) =>
    reads.map((read): ReadClaim => ({
      statement: statementOf(read, names, wordings),
      sentence: read.sentence,
      certain: read.certain,
      article: false,
      implied: read.implied || read.denied,
    })),
  );
}

function statementOf(
  { kind, subject, value, target, denied }: ProseRead,
  names: NameTable,
  wordings: ReadonlyMap<string, string>,
): Statement {
  if (kind === 'text') return { kind, subject, value: wordings.get(folded(value)) ?? value };
  const own = names.of(subject);
  if (kind === 'object' && denied) return { kind: 'count', subject: own, value: '0' };
  const other = target === undefined ? undefined : names.of(target);
  const isDenied = denied ? NOT : '';
  if (other === undefined) return { kind, subject: own, value: isDenied + value };
  const inverse = INVERSES[value];
  if (kind === 'relation' && (inverse !== undefined || (value === 'beside' && other < own))) {
    return { kind, subject: other, value: `${isDenied}${inverse ?? value} ${own}` };
  }
  return { kind, subject: own, value: `${isDenied}${value} ${other}` };
}

/** As two readings of one text are compared. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}$€£%]+/gu, ''); // prettier-ignore
}

/** The wording that most models give a text. */
function wordingsOf(texts: readonly ProseText[]): ReadonlyMap<string, string> {
  const votes = new Map<string, Map<string, number>>();
  for (const { kind, value } of texts.flatMap(({ reads }) => reads)) {
    if (kind !== 'text') continue;
    const own = votes.get(folded(value)) ?? new Map<string, number>();
    own.set(value, (own.get(value) ?? 0) + 1);
    votes.set(folded(value), own);
  }
  return new Map([...votes].map(([key, own]) => [key, mostOf(own)]));
}

function mostOf(votes: ReadonlyMap<string, number>): string {
  return [...votes].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

interface Used {
  readonly words: Map<string, Set<string>>;
  /** Numbers that descriptions give it. */
  readonly counts: Set<string>;
  /** Descriptions that name it, and those that introduce it: "a man", "two men". */
  readonly models: Set<string>;
  readonly introduced: Set<number>;
}

/** One name for each thing. */
class NameTable {
  readonly #lexicon: Lexicon;
  readonly #used = new Map<string, Used>();
  readonly #merged = new Map<string, string>();

  constructor(texts: readonly ProseText[], lexicon: Lexicon) {
    this.#lexicon = lexicon;
    for (const [index, text] of texts.entries()) this.#note(text, index);
    this.#merge();
  }

  of(name: string): string {
    const key = this.#root(this.#lexicon.key(name));
    return this.#names().get(key) ?? name;
  }

  #note({ modelId, reads }: ProseText, index: number): void {
    for (const read of reads) {
      const { kind, subject, target, value, denied } = read;
      if (kind === 'text' || kind === 'language' || kind === 'translation' || kind === 'overall')
        continue;
      // What is denied is named by who says it is there.
      if (kind === 'object' && denied) continue;
      const used = this.#use(subject);
      this.#vote(used, subject, modelId);
      if (target !== undefined) this.#vote(this.#use(target), target, modelId);
      if (kind !== 'count' || denied) continue;
      used.introduced.add(index);
      used.counts.add(value);
    }
  }

  #use(name: string): Used {
    const key = this.#lexicon.key(name);
    const known = this.#used.get(key);
    if (known !== undefined) return known;
    const used: Used = {
      words: new Map(),
      counts: new Set(),
      models: new Set(),
      introduced: new Set(),
    };
    this.#used.set(key, used);
    return used;
  }

  #vote(used: Used, name: string, modelId: string): void {
    used.words.set(name, (used.words.get(name) ?? new Set<string>()).add(modelId));
    used.models.add(modelId);
  }

  /** Where all that is said of animals is said of one kind, the animal is that one. */
  #merge(): void {
    const keys = [...this.#used.keys()];
    const kinds = new Map(
      keys.map((key) => [
        key,
        keys.filter((other) => other !== key && this.#lexicon.isA(other, key)),
      ]),
    );
    const specificFirst = keys.toSorted(
      (a, b) => (kinds.get(a)?.length ?? 0) - (kinds.get(b)?.length ?? 0),
    );
    for (const general of specificFirst) {
      const roots = new Set((kinds.get(general) ?? []).map((key) => this.#root(key)));
      // "A chocolate cake" and "a birthday cake" can be one cake; a man and a woman are not one person.
      const others = [...roots].filter((root) => !root.endsWith(` ${general}`));
      const isOne = others.length < 2;
      for (const root of roots) {
        const isMeant = root !== general && (isOne || !others.includes(root));
        if (isMeant && !this.#areTwo(general, root)) this.#merged.set(root, general);
      }
    }
  }

  /** Whether the two are told apart: both introduced by one description, or in different numbers. */
  #areTwo(one: string, other: string): boolean {
    const [a, b] = [this.#used.get(one), this.#used.get(other)];
    if (a === undefined || b === undefined) return false;
    if ([...a.introduced].some((index) => b.introduced.has(index))) return true;
    const isOne = (counts: ReadonlySet<string>) => counts.has('1');
    const isMore = (counts: ReadonlySet<string>) => [...counts].some((count) => count !== '1');
    return (isOne(a.counts) && isMore(b.counts)) || (isMore(a.counts) && isOne(b.counts));
  }

  #root(key: string): string {
    const above = this.#merged.get(key);
    return above === undefined ? key : this.#root(above);
  }

  #display: ReadonlyMap<string, string> | undefined;

  /** The word that most models use; where as many use another, the more general one, which is true in any case. */
  #names(): ReadonlyMap<string, string> {
    if (this.#display !== undefined) return this.#display;
    const groups = grouped(this.#used.keys(), (key) => this.#root(key));
    this.#display = new Map(
      [...groups].map(([root, keys]) => {
        const votes = keys.map((key) => ({ key, used: this.#used.get(key) }));
        const best = votes.reduce((one, other) => {
          const [a, b] = [one.used?.models.size ?? 0, other.used?.models.size ?? 0];
          return b > a || (b === a && other.key === root) ? other : one;
        });
        const words = [...(best.used?.words ?? [])].map(
          ([word, models]) => [word, models.size] as const,
        );
        return [root, words.length === 0 ? root : mostOf(new Map(words))];
      }),
    );
    return this.#display;
  }
}

/** The number of a count, undefined for "several". */
export function numberIn(value: string): number | undefined {
  return value === MANY ? undefined : Number(value);
}

/** The claim that a sentence of a verdict makes: in other words for the same, or in more general ones. */
export function claimOf<Known extends Statement>(
  read: ProseRead,
  claims: readonly Known[],
  lexicon: Lexicon,
): Known | undefined {
  const { kind, denied, value } = read;
  const wanted = kind === 'object' && denied ? 'count' : kind;
  return claims.find((claim) => {
    // Where there is text there is what it stands on.
    if (kind === 'object' && !denied && read.subject === 'sign' && claim.kind === 'text')
      return true;
    if (claim.kind !== wanted || isDenial(claim) !== denied) return false;
    if (kind === 'text') return folded(claim.value) === folded(value);
    if (!isNamed(claim.subject, read.subject, lexicon)) return false;
    if (kind === 'object') return true;
    const told = denied ? claim.value.slice(NOT.length) : claim.value;
    if (read.target === undefined) return told === value || (value === MANY && Number(told) > 1);
    const target = told.startsWith(`${value} `) ? told.slice(value.length + 1) : undefined;
    return target !== undefined && isNamed(target, read.target, lexicon);
  });
}

/** Whether a thing may be called so: "an animal", "the stone wall" of a wall of stone; "glasses" are glasses of both kinds. */
function isNamed(claimed: string, read: string, lexicon: Lexicon): boolean {
  return (
    lexicon.isA(claimed, read) ||
    lexicon.key(claimed) === lexicon.key(read) ||
    read.endsWith(` ${claimed}`) ||
    (claimed === 'glass' && read === 'glasses')
  );
}
