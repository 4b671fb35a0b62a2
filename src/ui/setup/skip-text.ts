import type { SkipReason } from '../../state/described.svelte';

/** Why a picture is not described. */
export function skipText(reason: SkipReason): string {
  return reason.kind === 'sidecar'
    ? `Skipped: ${reason.file} is beside it.`
    : `Skipped: described in the run “${reason.name}”.`;
}
