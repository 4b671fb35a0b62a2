import type { ClaimKind } from '../../claims';
import type { Lexicon } from '../lexicon/lexicon';
import { isOfThings } from './verbs';

/** What a sentence says of a thing: a quality, an action, or how it is to another thing (`target`). */
export interface Saying {
  readonly kind: Extract<ClaimKind, 'attribute' | 'action' | 'relation'>;
  readonly subject: string;
  readonly value: string;
  readonly target?: string;
  /** Index of the word that says it. */
  readonly at: number;
  readonly denied: boolean;
}

/** Things that "he", "she" and "it" stand for. */
export interface Memory {
  person?: Names | undefined;
  thing?: Names | undefined;
  /** A sentence was read before. */
  isBegun?: boolean;
}

/** "A cup and a plate" are said the same of. */
export type Names = readonly string[];

/** Of what is not alive only some actions can be seen. */
export function isTold({ kind, subject, value }: Saying, lexicon: Lexicon): boolean {
  const isAlive = lexicon.isA(subject, 'person') || lexicon.isA(subject, 'animal');
  return kind !== 'action' || isAlive || isOfThings(value);
}
