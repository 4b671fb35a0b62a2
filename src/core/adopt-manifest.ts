import type { RunManifest } from './manifest';
import type { PrecisionChoice } from './precision';
import type { Prompt } from './prompts';
import type { JudgeMode, RunModel } from './run';
import type { DecodeSettings } from './decode';
import type { Wishes } from './wishes';

/** What is known here: the models and prompts that can be chosen. */
export interface Known {
  readonly visionModels: readonly (RunModel & { readonly name: string })[];
  readonly judgeModels: readonly (RunModel & { readonly name: string })[];
  readonly prompts: readonly Prompt[];
}

/** The choices that a manifest asks for, as far as they can be made here. */
export interface Adopted {
  readonly modelIds: readonly string[];
  readonly judgeId: string | null;
  readonly judgeMode: JudgeMode;
  readonly promptIds: readonly string[];
  /** Prompts that are not known here yet. */
  readonly newPrompts: readonly Prompt[];
  readonly decode: DecodeSettings;
  readonly precision: PrecisionChoice;
  readonly wishes: Wishes;
  /** What is not as it was, and what to do: a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Makes a manifest's choices out of what is known here.
 * @param makeId gives a new prompt its id
 */
export function adoptManifest(manifest: RunManifest, known: Known, makeId: () => string): Adopted {
  const notes: string[] = [];
  const models = manifest.models.filter((model) => isKnown(model, known.visionModels, notes));
  if (models.length === 0) notes.push('Choose at least one model before you run it.');
  const { judge } = manifest;
  const judgeId = judge !== null && isKnown(judge, known.judgeModels, notes) ? judge.id : null;
  const prompts = manifest.prompts.map((prompt) => knownPrompt(prompt, known.prompts, makeId));
  const newPrompts = prompts.filter(({ isNew }) => isNew).map(({ prompt }) => prompt);
  for (const { title } of newPrompts)
    notes.push(`The prompt “${title}” is not one of this app; it is now among your own.`);
  return {
    modelIds: models.map(({ id }) => id),
    judgeId,
    judgeMode: manifest.judgeMode,
    promptIds: prompts.map(({ prompt }) => prompt.id),
    newPrompts,
    decode: manifest.decode,
    precision: manifest.precisionChoice,
    wishes: manifest.wishes,
    notes,
  };
}

/** Whether the model can be chosen; where it can't, or is another one by now, a note says so. */
function isKnown(
  { id, revision, precision }: RunModel,
  known: Known['visionModels'],
  notes: string[],
): boolean {
  const found = known.find((model) => model.id === id);
  if (found === undefined) {
    notes.push(
      `The model “${id}” is not here and was left out; get it under “Full-size models”, or choose another one.`,
    );
    return false;
  }
  if (found.revision !== revision || found.precision !== precision)
    notes.push(
      `${found.name} is another version by now (${short(found)} instead of ${short({ revision, precision })}), so its texts may differ.`,
    );
  return true;
}

const short = ({ revision, precision }: Omit<RunModel, 'id'>): string =>
  `${revision.slice(0, 8)} ${precision}`;

/** Two prompts are one when they say the same: a title or an id may stand for another text elsewhere. */
function knownPrompt(
  prompt: Prompt,
  known: readonly Prompt[],
  makeId: () => string,
): { readonly prompt: Prompt; readonly isNew: boolean } {
  const same = known.find(
    ({ text, expects }) => text === prompt.text && expects === prompt.expects,
  );
  if (same !== undefined) return { prompt: same, isNew: false };
  return { prompt: { ...prompt, id: makeId() }, isNew: true };
}
