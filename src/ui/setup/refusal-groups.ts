import type { ErrorCode } from '../../core/errors';
import type { Refusal } from '../../state/adding.svelte';

/** Files that were refused for one reason. */
export interface RefusalGroup {
  readonly code: ErrorCode;
  readonly refusals: readonly Refusal[];
}

/** Up to so many of a reason have a row each. */
export const ROWS_OF_THEIR_OWN = 3;

/** By reason, in the order in which the reasons came. */
export function refusalGroups(refusals: readonly Refusal[]): RefusalGroup[] {
  const groups = new Map<ErrorCode, Refusal[]>();
  for (const refusal of refusals) {
    const group = groups.get(refusal.error.code) ?? [];
    group.push(refusal);
    groups.set(refusal.error.code, group);
  }
  return [...groups].map(([code, of]) => ({ code, refusals: of }));
}
