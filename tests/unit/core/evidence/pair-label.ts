import { readProse } from '../../../../src/core/evidence/prose/read';
import { weighClaims } from '../../../../src/core/evidence/weigh';
import type { Lexicon } from '../../../../src/core/evidence/lexicon/lexicon';
import type { Claim } from '../../../../src/core/claims';

export const LABELS = ['same', 'different', 'contradicting'] as const;
export type Label = (typeof LABELS)[number];

/** Share of the claims of two sentences, weighed, that both make, from which on they say the same. */
const SAME = 0.5;

/** What the sentence is about counts more than what is said of it by the way. */
const WEIGHTS: Readonly<Partial<Record<Claim['kind'], number>>> = { count: 0.5, attribute: 0.7 };

/** How two sentences stand to each other by the claims that are read from them. */
export function labelOf(a: string, b: string, lexicon: Lexicon): { label: Label; claims: Claim[] } {
  const claims = weighClaims(
    [
      { modelId: 'a', promptId: 'p', text: a },
      { modelId: 'b', promptId: 'p', text: b },
    ],
    [],
    {},
    { lexicon },
  );
  if (claims.some(({ contradicts }) => contradicts.length > 0))
    return { label: 'contradicting', claims };
  if (claims.length === 0) return { label: denies(a, b, lexicon) ? 'same' : 'different', claims };
  const weigh = (some: readonly Claim[]) =>
    some.reduce((sum, { kind }) => sum + (WEIGHTS[kind] ?? 1), 0);
  const shared = weigh(claims.filter(({ modelIds }) => modelIds.length === 2));
  return { label: shared / weigh(claims) >= SAME ? 'same' : 'different', claims };
}

/** Whether both deny the same, which is no claim as long as nobody says otherwise. */
function denies(a: string, b: string, lexicon: Lexicon): boolean {
  const [one, other] = [a, b].map((text) => readProse(text, lexicon).find(({ denied }) => denied));
  return one !== undefined && one.kind === other?.kind && one.subject === other.subject;
}
