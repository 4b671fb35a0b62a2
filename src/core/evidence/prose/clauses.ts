import type { Word } from '../grammar';
import type { Lexicon } from '../lexicon/lexicon';
import { attributeOf, materialOf } from './attributes';
import { prepositionsFrom } from './places';
import type { Memory, Names, Saying } from './sayings';
import type { Scopes } from './scopes';
import type { Piece, Thing } from './things';
import { actionOf, isBaseForm, isOfThings } from './verbs';

/** A saying that may still wait for its subject or its target. */
interface Draft {
  kind: Saying['kind'];
  value: string;
  subjects: Names | undefined;
  target?: string;
  readonly at: number;
  readonly denied: boolean;
}

const BE = /^(is|are|was|were|be|'s|’s|looks?|appears?|seems?|remains?|painted|stays?)$/u;
const HAS = /^(has|have|had|having|sports?)$/u;
const HOLDS = /^(contains?|containing|includes?|including|holds)$/u;
const MADE = /^(made|constructed|built|crafted|carved|composed)$/u;
const INDEFINITE = /^(a|an|any|no)$/u;
/** Places that say nothing of where a thing is to one other. */
const VAGUE_PLACES = /^(from|between|among|towards)$/u;
/** Actions that are "at" what they are meant for. */
const AIMED = new Set(['looking', 'pointing', 'waving', 'smiling', 'laughing', 'throwing']);

/** Walks through a sentence and gives each verb, place and quality to the thing that it is said of. */
export class ClauseReader {
  readonly #drafts: Draft[] = [];
  /** Things that are named behind "not": "not wearing a hat" shows no hat. */
  readonly unseen = new Set<Thing>();
  readonly #words: readonly Word[];
  readonly #scopes: Scopes;
  readonly #lexicon: Lexicon;
  readonly #memory: Memory;
  /** What the clause is about. */
  #subject: Names | undefined;
  /** Whether another subject may be added with "and". */
  #isOpen = false;
  /** The thing that was named last, with nothing after it. */
  #near: Names | undefined;
  /** The thing that was named last, whatever came after it. */
  #last: Names | undefined;
  /** Whose the verb was that a place may follow, and the verb. */
  #holder: Names | undefined;
  #action = '';
  /** An action that a thing may follow. */
  #object: Draft | undefined;
  /** A place that waits for the thing it is at. */
  #place: Draft | undefined;
  #inside: Names | undefined;
  #isPredicate = false;
  #isMaterial = false;
  /** What comes before the thing it is said of: "on the desk stands a lamp". */
  #waiting: Draft[] = [];

  constructor(words: readonly Word[], scopes: Scopes, lexicon: Lexicon, memory: Memory) {
    this.#words = words;
    this.#scopes = scopes;
    this.#lexicon = lexicon;
    this.#memory = memory;
  }

  get sayings(): Saying[] {
    return this.#drafts.flatMap(({ subjects = [], ...draft }) =>
      subjects
        .filter((subject) => subject !== draft.target)
        .map((subject) => ({ ...draft, subject })),
    );
  }

  read(pieces: readonly Piece[]): this {
    const starts = new Map(
      pieces.map((piece) => [piece.role === 'thing' ? piece.thing.start : piece.start, piece]),
    );
    for (let at = 0; at < this.#scopes.end;) {
      const preposition = this.#prepositionAt(at);
      const piece = starts.get(at);
      if (this.#scopes.compared[at] === true) at += 1;
      else if (preposition !== undefined) {
        this.#preposition(at, preposition.relation);
        at += preposition.length;
      } else if (piece !== undefined) {
        at = this.#piece(piece);
      } else {
        this.#word(at);
        at += 1;
      }
    }
    this.#memory.thing = this.#subject ?? this.#memory.thing;
    return this;
  }

  #prepositionAt(at: number): { relation: string; length: number } | undefined {
    const { lower = '', pos = '' } = this.#words[at] ?? {};
    for (const { words, relation } of prepositionsFrom(lower)) {
      if (words.every((word, offset) => this.#words[at + offset]?.lower === word)) {
        const isOther = pos === 'VERB' || pos === 'NOUN';
        return isOther && words.length === 1 ? undefined : { relation, length: words.length };
      }
    }
    return undefined;
  }

  #preposition(at: number, relation: string): void {
    const before = this.#words[at - 1];
    // "Surrounded by trees" is no place by them.
    if (
      before?.pos === 'VERB' &&
      this.#words[at]?.lower === 'by' &&
      actionOf(before.lower) === undefined
    )
      return;
    if (relation === 'at' && AIMED.has(this.#action)) relation = 'towards';
    const subject = this.#holder ?? this.#near ?? (this.#isPredicate ? this.#subject : undefined);
    this.#place = this.#draft('relation', relation, at, subject);
    this.#object = undefined;
    this.#isPredicate = false;
    this.#isOpen = false;
  }

  #piece(piece: Piece): number {
    if (piece.role === 'none') {
      // "A group of", "a piece of": the thing comes next.
      if (this.#words[piece.end - 1]?.lower === 'of') return piece.end;
      // "In the image", "in the background": said of nothing.
      this.#place = this.#object = undefined;
      this.#material(piece.start, piece.end);
      return Math.max(piece.end, piece.start + 1);
    }
    if (piece.role === 'place') {
      const holder = this.#place?.subjects ?? this.#holder ?? this.#near ?? (this.#isPredicate ? this.#subject : undefined); // prettier-ignore
      this.#say(this.#draft('relation', piece.place, piece.start, holder));
      this.#place = undefined;
      return piece.end;
    }
    this.#thing(piece.thing);
    return Math.max(piece.thing.end, piece.thing.start + 1);
  }

  #thing(thing: Thing): void {
    const { name, start, end } = thing;
    if (this.#scopes.negated[start] === true && this.#isIndefinite(thing)) this.unseen.add(thing);
    if (this.#material(start, end)) {
      for (const value of thing.attributes) {
        this.#say(this.#draft('attribute', value, start, this.#near ?? this.#subject));
      }
      this.unseen.add(thing);
      return;
    }
    // "The glass of water is empty": the glass is.
    const isPart = this.#words[start - 1]?.lower === 'of' && this.#near !== undefined;
    if (isPart && this.#place === undefined) return;
    const names = [name];
    this.#last = names;
    if (this.#place !== undefined) {
      this.#place.subjects = this.#companionOf(this.#place, names);
      if (!VAGUE_PLACES.test(this.#place.value))
        this.#say(this.#clothed({ ...this.#place, target: name }));
      const isMore = this.#words[end]?.lower === 'and' && !this.#startsClause(end + 1);
      this.#place = isMore ? this.#place : undefined;
      this.#near = names;
      this.#holder = undefined;
    } else if (this.#object?.subjects !== undefined) {
      this.#object.target = name;
      this.#near = names;
      this.#holder = this.#object.subjects;
      this.#object = undefined;
    } else if (this.#inside !== undefined && !this.#inside.includes(name)) {
      this.#say({ ...this.#draft('relation', 'in', start, names), target: this.#inside[0] ?? '' });
      this.#near = names;
    } else this.#newSubject(names, start);
  }

  #newSubject(names: Names, start: number): void {
    const isMore = this.#isOpen && /^(,|and)$/u.test(this.#words[start - 1]?.lower ?? '');
    this.#subject = isMore ? [...(this.#subject ?? []), ...names] : names;
    this.#near = names;
    this.#holder = undefined;
    this.#isPredicate = false;
    this.#isOpen = true;
    if (this.#isAlive(names, 'person')) this.#memory.person = names;
    const waiting = this.#waiting.splice(0);
    for (const draft of waiting) draft.subjects = names;
  }

  #isAlive(names: Names | undefined, ...kinds: readonly string[]): boolean {
    return names?.some((name) => kinds.some((kind) => this.#lexicon.isA(name, kind))) === true;
  }

  /** "Made of wood", "of red brick" */
  #material(start: number, end: number): boolean {
    const material = materialOf(this.#words[end - 1]?.lower ?? '');
    const isSaid = this.#isMaterial && material !== undefined;
    if (isSaid) this.#say(this.#draft('attribute', material, start, this.#near ?? this.#subject));
    this.#isMaterial = false;
    return isSaid;
  }

  #word(at: number): void {
    const { lower, pos } = this.#words[at] ?? { lower: '', pos: '' };
    if (lower === ':' && this.#subject !== undefined) {
      this.#isPredicate = true;
      this.#near = this.#holder = this.#object = this.#place = this.#inside = undefined;
      return;
    }
    if (pos === 'PUNCT' || pos === 'SCONJ') {
      this.#near = this.#holder = this.#object = this.#place = this.#inside = undefined;
      if (lower !== ',') this.#isPredicate = this.#isOpen = false;
      return;
    }
    if (lower === 'and' || lower === 'or') {
      this.#object = this.#near = this.#holder = undefined;
      return;
    }
    if (/^(he|she|they|it)$/u.test(lower)) {
      this.#subject = this.#near = lower === 'it' ? this.#memory.thing : (this.#memory.person ?? this.#memory.thing); // prettier-ignore
      return;
    }
    if (/^(which|who|that)$/u.test(lower)) {
      this.#near = this.#last;
      if (this.#near !== undefined) this.#subject = this.#near;
      return;
    }
    this.#isOpen &&= pos !== 'VERB' && pos !== 'AUX';
    const holder = this.#holderOf(lower, pos);
    if (HAS.test(lower)) {
      this.#place = this.#draft('relation', 'with', at, holder);
    } else if (HOLDS.test(lower) && holder !== undefined && !this.#isAlive(holder, 'person')) {
      this.#inside = holder;
    } else if (MADE.test(lower)) {
      this.#subject = holder;
      this.#near = undefined;
    } else if (lower === 'of') {
      this.#isMaterial = true;
    } else if (pos === 'ADP' && lower !== 'like') {
      this.#preposition(at, 'from');
    } else if (BE.test(lower)) {
      this.#isPredicate = true;
      this.#subject = holder;
      this.#near = undefined;
      if (lower === 'painted') this.#place = undefined;
    } else this.#verbOrQuality(at, holder);
  }

  /** A participle is said of what stands before it, if that can do such a thing; other verbs of what the clause is about. */
  #holderOf(lower: string, pos: string): Names | undefined {
    const isFinite =
      BE.test(lower) ||
      HAS.test(lower) ||
      (pos === 'VERB' && (lower.endsWith('s') || isBaseForm(lower)));
    if (isFinite) return this.#subject;
    const action = actionOf(lower);
    const canDo =
      action === undefined || isOfThings(action) || this.#isAlive(this.#near, 'person', 'animal');
    return (canDo ? this.#near : undefined) ?? this.#subject ?? this.#near;
  }

  #verbOrQuality(at: number, holder: Names | undefined): void {
    const { lower, pos } = this.#words[at] ?? { lower: '', pos: '' };
    const isNoun = pos === 'NOUN' && this.#near === undefined && !this.#isPredicate;
    const action = isNoun ? undefined : actionOf(lower);
    const quality = attributeOf(lower);
    if (quality !== undefined && (pos === 'ADJ' || this.#isPredicate)) {
      if (holder !== undefined && this.#words[at - 1]?.pos !== 'DET')
        this.#quality(at, quality, holder);
    } else if (action !== undefined) {
      this.#action = action;
      this.#object = this.#draft('action', action, at, holder);
      this.#say(this.#object);
      this.#holder = holder;
      this.#near = undefined;
    } else if (pos === 'VERB') {
      this.#action = '';
      this.#holder = holder;
      this.#near = undefined;
      this.#object = undefined;
    }
  }

  #quality(at: number, quality: string, holder: Names): void {
    const isSleep = quality === 'asleep' || quality === 'awake';
    const draft = isSleep
      ? this.#draft('action', 'sleeping', at, holder)
      : this.#draft('attribute', quality, at, holder);
    this.#say(quality === 'awake' ? { ...draft, denied: !draft.denied } : draft);
  }

  #say(draft: Draft): void {
    this.#drafts.push(draft);
    if (draft.subjects === undefined) this.#waiting.push(draft);
  }

  /** "She walks along the shore with a dog": she is with the dog, not the shore. */
  #companionOf({ value, subjects }: Draft, names: Names): Names | undefined {
    const isWith = value === 'with' && this.#isAlive(names, 'person', 'animal');
    const isAlive = this.#isAlive(subjects, 'person', 'animal');
    return isWith && !isAlive && this.#isAlive(this.#subject, 'person') ? this.#subject : subjects;
  }

  /** "In a red dress" is worn. */
  #clothed(draft: Draft): Draft {
    const { value, target = '', subjects } = draft;
    const isWorn =
      (value === 'in' || value === 'with') &&
      this.#lexicon.isA(target, 'clothing') &&
      this.#isAlive(subjects, 'person');
    return isWorn ? { ...draft, kind: 'action', value: 'wearing' } : draft;
  }

  #isIndefinite({ start }: Thing): boolean {
    const first = this.#words[start];
    return first !== undefined && (first.pos !== 'DET' || INDEFINITE.test(first.lower));
  }

  /** Whether a clause of its own follows: "on the sofa and the dog sleeps", "on a swing and a girl on a slide". */
  #startsClause(at: number): boolean {
    const rest = this.#words.slice(at, at + 6);
    const end = rest.findIndex(({ pos, lower }) => pos === 'PUNCT' || lower === 'and');
    return rest
      .slice(0, end < 0 ? rest.length : end)
      .some(
        ({ pos, lower }) => pos === 'VERB' || pos === 'AUX' || (pos === 'ADP' && lower !== 'of'),
      );
  }

  #draft(kind: Draft['kind'], value: string, at: number, subjects: Names | undefined): Draft {
    return { kind, value, subjects, at, denied: this.#scopes.negated[at] === true };
  }
}
