import type { Claim } from '../claims';
import { claimSentences } from '../evidence/claim-sentences';
import { heldToClaims } from '../evidence/hold';
import type { Lexicon } from '../evidence/lexicon/lexicon';
import { rejection, traceSentences } from '../evidence/trace';
import { subjects } from '../judge-prompt';
import type { Verdict } from '../verdict';
import { repaired, unusable } from './repair';

export type Caption = Pick<Verdict, 'caption' | 'sentences' | 'writtenBy' | 'replaced' | 'dropped'>;

/** What a caption's sentences are traced to. */
export interface Traceable {
  /** All claims of the picture. */
  readonly claims: readonly Claim[];
  /** What the claims were read with. */
  readonly lexicon?: Lexicon | undefined;
}

/** A verdict always comes, also when no description makes a claim. */
const NOTHING_IN_COMMON = 'The descriptions make no claim that can be compared.';

/**
 * A caption from what the judge wrote, brought into form where that can be done. An answer that is none, or that the claims don't
 * carry, is replaced by what the claims say, and `replaced` tells why.
 * @param told the claims that it was to be written from
 * @param isHeld every sentence has to stand on the claims: for judges that write plain sentences
 */
export function writtenCaption(
  answer: string,
  told: readonly Claim[],
  all: Traceable,
  isHeld: boolean,
): Caption {
  const why = unusable(answer);
  if (why !== undefined) return toldCaption(told, all, why);
  const text = isHeld ? answer : repaired(answer);
  return isHeld ? held(text, told, all) : traced(text, told, all);
}

/** In the judge's own words, unless they can't stand at all. */
function traced(text: string, told: readonly Claim[], all: Traceable): Caption {
  const sentences = traceSentences(text, all.claims, all.lexicon);
  const replaced = rejection(text, sentences, told);
  if (replaced !== undefined) return toldCaption(told, all, replaced);
  return { caption: text, sentences, writtenBy: 'judge', dropped: [] };
}

/** Every sentence of it stands on the claims. */
function held(text: string, told: readonly Claim[], all: Traceable): Caption {
  const { caption, sentences, dropped } = heldToClaims(text, told);
  if (!sentences.some(({ origin }) => origin === 'supported')) {
    const replaced = rejection(text, traceSentences(text, all.claims, all.lexicon), told);
    return toldCaption(told, all, replaced ?? 'Nothing the judge wrote is in the descriptions.');
  }
  return { caption, sentences, writtenBy: 'judge', dropped };
}

/** One of the descriptions as it is. */
export function selectedCaption(text: string, all: Traceable): Caption {
  if (text === '') return toldCaption(all.claims, all);
  return {
    caption: text,
    sentences: traceSentences(text, all.claims, all.lexicon),
    writtenBy: 'model',
    dropped: [],
  };
}

/** The claims in their own words. @param replaced why the judge's are not there; undefined where none were asked for */
export function toldCaption(told: readonly Claim[], all: Traceable, replaced?: string): Caption {
  const caption = claimSentences(subjects(told)).map((sentence) => sentence.text);
  const text = caption.length > 0 ? caption.join(' ') : NOTHING_IN_COMMON;
  return {
    caption: text,
    sentences: traceSentences(text, all.claims, all.lexicon),
    writtenBy: 'consensus',
    ...(replaced === undefined ? {} : { replaced }),
    dropped: [],
  };
}
