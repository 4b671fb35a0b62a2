import { adoptManifest } from '../core/adopt-manifest';
import { newId } from '../core/id';
import type { RunManifest } from '../core/manifest';
import { precisionName } from '../models/parts';
import type { ModelSpec } from '../models/spec';
import { adoptLearned } from './learned-plan';
import type { SettingsState } from './settings.svelte';
import type { SetupState } from './setup.svelte';

/**
 * Makes the choices of a manifest.
 * @returns what could not be as it was: a sentence each
 * @throws AppError
 */
export async function adopt(
  manifest: RunManifest,
  setup: Pick<SetupState, 'visionModels' | 'judgeModels' | 'prompts'>,
  settings: SettingsState,
): Promise<readonly string[]> {
  const known = {
    visionModels: setup.visionModels.map(asRunNamesIt),
    judgeModels: setup.judgeModels.map(asRunNamesIt),
    prompts: setup.prompts,
  };
  const adopted = adoptManifest(manifest, known, () => `custom-${newId()}`);
  const { modelIds, promptIds, judgeId, judgeMode, decode, wishes, precision } = adopted;
  settings.change({
    modelIds: [...modelIds],
    promptIds: [...promptIds],
    customPrompts: [...settings.value.customPrompts, ...adopted.newPrompts],
    judgeId,
    judgeMode,
    ...decode,
    wishes,
    precision,
  });
  return [...adopted.notes, ...(await adoptLearned(manifest, Date.now()))];
}

function asRunNamesIt(spec: ModelSpec) {
  return { ...spec, precision: precisionName(spec) };
}
