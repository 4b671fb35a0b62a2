import { isWritten } from '../judge-way';
import type { JudgeMode } from '../run';
import { consensusClaims } from './consensus';
import type { Mode, ModeInput, Plan } from './mode';
import { bestOf, claimsOf, descriptionOf, ranked } from './rank';
import { withoutTables } from './repair';

/** All claims and descriptions go to the judge. */
const all = ({ descriptions, claims }: ModeInput): Plan => ({
  kind: 'write',
  descriptions,
  claims,
});

function bestTwo({ descriptions, claims }: ModeInput): Plan {
  const ranking = ranked(descriptions, claims);
  const best = new Set(bestOf(ranking, 2).map((one) => descriptionOf(one, descriptions)));
  const kept = descriptions.filter((one) => best.has(one));
  const made = new Set(kept.flatMap((one) => claimsOf(one, claims)));
  return {
    kind: 'write',
    descriptions: kept,
    claims: claims.filter((claim) => made.has(claim)),
    ranking,
  };
}

function best({ descriptions, claims }: ModeInput): Plan {
  const ranking = ranked(descriptions, claims);
  const texts = ranking.map((one) => withoutTables(descriptionOf(one, descriptions)?.text ?? ''));
  return { kind: 'text', text: texts.find((text) => text !== '') ?? '', ranking };
}

const consensus = ({ descriptions, claims }: ModeInput): Plan => ({
  kind: 'tell',
  claims: consensusClaims(
    claims,
    descriptions.map(({ modelId }) => modelId),
  ),
});

/** The modes in which a judge can come to its verdict; each sees the same evidence. */
export const MODES: Readonly<Record<JudgeMode, Mode>> = {
  verify: { mode: 'verify', isChecked: true, isWritten: isWritten('verify'), plan: all },
  fuse: { mode: 'fuse', isChecked: false, isWritten: isWritten('fuse'), plan: all },
  rank: { mode: 'rank', isChecked: false, isWritten: isWritten('rank'), plan: bestTwo },
  select: { mode: 'select', isChecked: false, isWritten: isWritten('select'), plan: best },
  consensus: {
    mode: 'consensus',
    isChecked: false,
    isWritten: isWritten('consensus'),
    plan: consensus,
  },
};
