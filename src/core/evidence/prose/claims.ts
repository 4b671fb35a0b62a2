import { readClaims, type ReadClaim } from '../extract';
import type { Lexicon } from '../lexicon/lexicon';
import { grouped } from './grouped';
import { matched, numberIn } from './match';
import { readProse, type ProseRead } from './read';
import { areRivals, type Voiced } from './rivals';
import { MANY } from './things';

/** Whether two claims can't both be true. */
export type Rivalry = (one: Voiced, other: Voiced) => boolean;

interface Text {
  readonly modelId: string;
  readonly text: string;
}

/**
 * The claims of each description, in one wording.
 * @param plain ids of models whose descriptions are read word by word
 */
export function proseClaims(
  texts: readonly Text[],
  plain: ReadonlySet<string>,
  lexicon: Lexicon,
): { readonly claims: readonly ReadClaim[][]; readonly areRivals: Rivalry } {
  const read = texts.map(({ modelId, text }) => ({
    modelId,
    reads: plain.has(modelId) ? readClaims(text).map(asProse) : readProse(text, lexicon),
  }));
  const claims = withPlurals(matched(read, lexicon));
  const many = new Set(
    claims.flat().flatMap(({ statement: { kind, subject, value } }) => {
      return kind === 'count' && (numberIn(value) ?? 2) > 1 ? [subject] : [];
    }),
  );
  return {
    claims: claims.map((own, index) => withGeneral(own, index, claims, lexicon)),
    areRivals: (one, other) => areRivals(one, other, lexicon, (subject) => many.has(subject)),
  };
}

/** "Apples" are several where nobody gives a number, and no one speaks of "an apple". */
function withPlurals(claims: readonly ReadClaim[][]): ReadClaim[][] {
  const numbers = grouped(
    claims.flat().filter(({ statement }) => statement.kind === 'count' && statement.value !== '0'),
    ({ statement }) => statement.subject,
  );
  const isPlural = (subject: string): boolean =>
    numbers.get(subject)?.every(({ statement, implied }) => implied && statement.value === MANY) ===
    true;
  return claims.map((own) =>
    own.map((claim) => {
      const { kind, subject, value } = claim.statement;
      return kind === 'count' && value === MANY && isPlural(subject)
        ? { ...claim, implied: false }
        : claim;
    }),
  );
}

function asProse({ statement, sentence, certain, implied }: ReadClaim): ProseRead {
  return { ...statement, sentence, certain, implied, denied: false, plural: false };
}

/** Who speaks of a man speaks of a person: where another description names a person, it is supported. */
function withGeneral(
  own: readonly ReadClaim[],
  index: number,
  all: readonly (readonly ReadClaim[])[],
  lexicon: Lexicon,
): ReadClaim[] {
  const said = new Set(own.filter(isObject).map(({ statement }) => statement.subject));
  const others = new Set(
    all.flatMap((claims, at) =>
      at === index ? [] : claims.filter(isObject).map(({ statement }) => statement.subject),
    ),
  );
  const general = [...others].filter((name) => !said.has(name));
  const added = general.flatMap((name) => {
    const source = own.find(
      (claim) => isObject(claim) && lexicon.isA(claim.statement.subject, name),
    );
    return source === undefined
      ? []
      : [{ ...source, statement: { ...source.statement, subject: name } }];
  });
  return [...own, ...added];
}

const isObject = ({ statement }: ReadClaim): boolean => statement.kind === 'object';
