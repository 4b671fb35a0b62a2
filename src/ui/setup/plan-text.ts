import type { MissingPart, PlanSize } from '../../state/setup.svelte';
import { counted } from '../common/format';

/** "3 pictures × 3 models × 3 prompts = 27 descriptions, 3 verdicts". */
export function planText({ images, models, prompts, descriptions, verdicts }: PlanSize): string {
  const factors = [
    counted(images, 'picture'),
    counted(models, 'model'),
    counted(prompts, 'prompt'),
  ].join(' × ');
  const product = `${factors} = ${counted(descriptions, 'description')}`;
  return verdicts === 0 ? product : `${product}, ${counted(verdicts, 'verdict')}`;
}

export const MISSING_TEXT: Record<MissingPart, string> = {
  images: 'Choose at least one picture',
  models: 'Choose at least one model',
  prompts: 'Choose at least one prompt',
};
