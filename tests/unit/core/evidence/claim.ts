import type { Claim, Statement } from '../../../../src/core/claims';
import { statementId } from '../../../../src/core/evidence/weigh';

/** A claim that two models make, unless `parts` say otherwise. */
export function claim(
  kind: Statement['kind'],
  subject: string,
  value = '',
  parts: Partial<Claim> = {},
): Claim {
  return {
    id: statementId({ kind, subject, value }),
    kind,
    subject,
    value,
    sources: [],
    modelIds: ['a', 'b'],
    checks: [],
    weight: 1,
    standing: 'agreed',
    contradicts: [],
    ...parts,
  };
}
