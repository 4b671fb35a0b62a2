import type { MissingPart, PlanSize } from '../../state/setup.svelte';
import { counted } from '../common/format';

/** "3 pictures × 3 models × 3 prompts = 27 descriptions, 3 verdicts. 2 pictures skipped." */
export function planText(plan: PlanSize): string {
  const { images, skipped, models, prompts, descriptions, verdicts } = plan;
  const factors = [
    counted(images, 'picture'),
    counted(models, 'model'),
    counted(prompts, 'prompt'),
  ].join(' × ');
  const product = `${factors} = ${counted(descriptions, 'description')}`;
  const sum = verdicts === 0 ? product : `${product}, ${counted(verdicts, 'verdict')}`;
  return skipped === 0 ? sum : `${sum}. ${counted(skipped, 'picture')} skipped.`;
}

export const MISSING_TEXT: Record<MissingPart, string> = {
  images: 'Choose at least one picture',
  skip: 'Every picture is described already: add others, or skip none',
  models: 'Choose at least one model',
  prompts: 'Choose at least one prompt',
};
