import { newId } from '../core/id';
import { defaultRunName } from '../core/run-name';
import type { Prompt } from '../core/prompts';
import type { Run, RunModel } from '../core/run';
import { NO_WISHES, wishText, type Wishes } from '../core/wishes';
import { precisionName } from '../models/parts';
import type { ModelSpec } from '../models/spec';
import type { DeviceState } from './device.svelte';
import type { SettingsState } from './settings.svelte';
import type { SetupState } from './setup.svelte';

interface Choices {
  readonly setup: SetupState;
  readonly settings: SettingsState;
  readonly device: DeviceState;
}

/** A run of the choices as they are now. @param atOnce how many models share the cores */
export function planRun(
  { setup, settings: { value }, device }: Choices,
  atOnce = setup.chosenModels.length,
): Run {
  const plan = device.plan(value.device, atOnce, value.threads);
  const judge = setup.chosenJudge;
  const now = Date.now();
  return {
    id: newId(),
    name: defaultRunName(now),
    createdAt: now,
    images: setup.chosenImages,
    models: setup.chosenModels.map((spec) => toRunModel(spec, value.wishes)),
    prompts: setup.chosenPrompts.map(toPrompt),
    judge: judge === null ? null : toRunModel(judge, NO_WISHES),
    judgeMode: value.judgeMode,
    decode: { maxNewTokens: value.maxNewTokens, sampling: value.sampling },
    device: plan.device,
    precisionChoice: value.precision,
    threads: plan.threads,
    environment: device.environment,
    wishes: value.wishes,
    skipDescribed: value.skipDescribed,
  };
}

/** @param wishes what is wished of its answers; what the model can't follow is not asked for */
export function toRunModel(spec: ModelSpec, wishes: Wishes): RunModel {
  const { id, revision, follows } = spec;
  const alsoAsked = wishText(wishes, follows);
  const precision = precisionName(spec);
  return { id, revision, precision, ...(alsoAsked === '' ? {} : { alsoAsked }) };
}

/** Without what the app itself knows of its own prompts: a run holds what its schema says, no more. */
function toPrompt({ id, title, text, rationale, expects }: Prompt): Prompt {
  return { id, title, text, rationale, expects };
}
