import pluralize from 'pluralize';
import { PLURAL_WORDS } from '../words';
import { KINDS, OTHER_SENSES, SAME } from './extra';

/** The file that scripts/make-lexicon.mjs writes; its format is told there. */
export interface NounFile {
  readonly synsets: string;
}

/** What a word names, and what that is a kind of. */
interface Concept {
  readonly words: string[];
  parents: readonly Concept[];
}

/** How many words the name of one thing has at most. */
const LONGEST_NAME = 3;

/** Words that say how a thing is, though WordNet lists some names with them. */
const DESCRIBING = new Set(
  'young old small large big little tall short long elderly whole first second other dark light high low clear black white red green blue yellow brown grey gray orange common full'.split(
    ' ',
  ),
);

/** Not what their last word says. */
const NO_KIND = new Set([
  'hot dog',
  'prairie dog',
  'teddy bear',
  'sea lion',
  'guinea pig',
  'rubber duck',
  'bow tie',
  'traffic light',
  'computer mouse',
]);

const MOST_KNOWN = 20_000;

/** Names of things: which mean the same, and which are kinds of which. Made from WordNet and words of our own. */
export class Lexicon {
  readonly #concepts = new Map<string, Concept>();
  /** Names that were asked for: singulars are slow to find. */
  readonly #known = new Map<string, string | undefined>();
  readonly #ancestors = new Map<Concept, ReadonlySet<Concept>>();

  constructor({ synsets }: NounFile) {
    const all: Concept[] = [];
    for (const line of synsets.split('\n')) {
      const [words = '', back = ''] = line.split('|');
      const at = all.length;
      const parents = back.split(',').flatMap((each) => all[at - parseInt(each, 36)] ?? []);
      const concept = { words: words === '' ? [] : words.split(','), parents };
      all.push(concept);
      for (const word of concept.words) this.#concepts.set(word, concept);
    }
    // Other senses first: what is the same as such a word is the same as that sense of it.
    for (const [word, other] of entriesOf(OTHER_SENSES)) this.#put(word, this.#newKind(other));
    for (const [word, other] of entriesOf(SAME)) this.#put(word, this.#conceptOf(other));
    for (const [word, other] of entriesOf(KINDS)) {
      const old = this.#concepts.get(word);
      if (old === undefined) this.#put(word, this.#newKind(other));
      else old.parents = [...old.parents, this.#conceptOf(other)];
    }
  }

  /** The name in the singular, as it is listed; undefined for what is no thing that a picture can show. */
  known(written: string): string | undefined {
    if (this.#known.has(written)) return this.#known.get(written);
    if (this.#known.size > MOST_KNOWN) this.#known.clear();
    const name = this.#find(written);
    this.#known.set(written, name);
    return name;
  }

  #find(written: string): string | undefined {
    const name = plainly(written);
    if (isPluralName(name) && this.#concepts.has(name)) return name;
    const singular = singularOf(name);
    return [singular, name].find((each) => this.#concepts.has(each));
  }

  /** The longest end of some words that names a thing: "city street" ends in "street". */
  head(words: readonly string[]): { readonly name: string; readonly length: number } | undefined {
    for (let length = Math.min(LONGEST_NAME, words.length); length > 0; length -= 1) {
      const own = words.slice(-length);
      // "An old man" is a man.
      if (length > 1 && DESCRIBING.has(own[0] ?? '')) continue;
      const name = this.known(own.join(' '));
      if (name !== undefined) return { name, length };
    }
    return undefined;
  }

  /** One word for all that mean the same; unknown names stand for themselves. */
  key(name: string): string {
    return this.#concepts.get(plainly(name))?.words[0] ?? name;
  }

  /** Whether the first is the second, or a kind of it. */
  isA(name: string, general: string): boolean {
    if (name === general) return true;
    // "A chocolate cake" is a cake.
    if (name.endsWith(` ${general}`) && !NO_KIND.has(name)) return true;
    const [own, other] = [this.#concepts.get(name), this.#concepts.get(general)];
    return own !== undefined && other !== undefined && this.#ancestorsOf(own).has(other);
  }

  #conceptOf(word: string): Concept {
    const known = this.#concepts.get(word);
    if (known !== undefined) return known;
    const concept = { words: [word], parents: [] };
    this.#concepts.set(word, concept);
    return concept;
  }

  #newKind(general: string): Concept {
    return { words: [], parents: [this.#conceptOf(general)] };
  }

  #put(word: string, concept: Concept): void {
    const old = this.#concepts.get(word);
    old?.words.splice(old.words.indexOf(word), 1);
    concept.words.push(word);
    this.#concepts.set(word, concept);
  }

  #ancestorsOf(concept: Concept): ReadonlySet<Concept> {
    const known = this.#ancestors.get(concept);
    if (known !== undefined) return known;
    const found = new Set<Concept>();
    const open = [concept];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...next.parents);
    }
    this.#ancestors.set(concept, found);
    return found;
  }
}

/** "Café" is listed as "cafe". */
const plainly = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '');

const PLURALS = /\b(overalls|binoculars|goggles|pajamas|shorts|pants|leggings|tights|clothes)$/u;

const isPluralName = (name: string): boolean => PLURAL_WORDS.has(name) || PLURALS.test(name);

function singularOf(name: string): string {
  const space = name.lastIndexOf(' ') + 1;
  return name.slice(0, space) + pluralize.singular(name.slice(space));
}

/** Word by word, with the thing that its line starts with. */
function entriesOf(lines: string): (readonly [word: string, thing: string])[] {
  return lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [thing = '', words = ''] = line.split(': ');
      return words.split(', ').map((word) => [word, thing] as const);
    });
}
