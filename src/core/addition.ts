import { decodeKey } from './decode';
import type { ImageItem } from './image';
import type { Prompt } from './prompts';
import type { Run, RunModel } from './run';

/** What choices have beyond those of a run. */
export interface Addition {
  readonly images: readonly ImageItem[];
  readonly models: readonly RunModel[];
  readonly prompts: readonly Prompt[];
}

/**
 * What a plan would add to a run: nothing where they are of the same pictures, models and prompts; null where the plan is another
 * run, because it leaves out models or prompts, or asks, works or judges in another way. Pictures that the plan leaves out stay.
 */
export function additionTo(run: Run, plan: Run): Addition | null {
  if (!isAlike(run, plan)) return null;
  const hashes = new Set(run.images.map(({ sha256 }) => sha256));
  const models = new Set(run.models.map(modelText));
  const prompts = new Set(run.prompts.map(({ text }) => text));
  return {
    images: plan.images.filter(({ sha256 }) => !hashes.has(sha256)),
    models: plan.models.filter((model) => !models.has(modelText(model))),
    prompts: plan.prompts.filter(({ text }) => !prompts.has(text)),
  };
}

export function isNothing({ images, models, prompts }: Addition): boolean {
  return images.length + models.length + prompts.length === 0;
}

/** The run with what is not in it yet; unchanged where the plan is of another run. */
export function withAddition(run: Run, plan: Run): Run {
  const added = additionTo(run, plan);
  if (added === null || isNothing(added)) return run;
  return {
    ...run,
    images: [...run.images, ...added.images],
    models: [...run.models, ...added.models],
    prompts: [...run.prompts, ...added.prompts],
  };
}

/** Cells that an addition brings. */
export function additionSize(run: Run, { images, models, prompts }: Addition): number {
  const all =
    (run.images.length + images.length) *
    (run.models.length + models.length) *
    (run.prompts.length + prompts.length);
  return all - run.images.length * run.models.length * run.prompts.length;
}

function isAlike(run: Run, plan: Run): boolean {
  const models = new Set(plan.models.map(modelText));
  const prompts = new Set(plan.prompts.map(({ text }) => text));
  const judge = run.earlierJudges?.[0] ?? run.judge;
  return (
    decodeKey(run.decode) === decodeKey(plan.decode) &&
    run.device === plan.device &&
    run.judgeMode === plan.judgeMode &&
    (judge === null ? null : modelText(judge)) ===
      (plan.judge === null ? null : modelText(plan.judge)) &&
    run.models.every((model) => models.has(modelText(model))) &&
    run.prompts.every(({ text }) => prompts.has(text))
  );
}

function modelText({ id, revision, precision, alsoAsked = '' }: RunModel): string {
  return [id, revision, precision, alsoAsked].join('|');
}
