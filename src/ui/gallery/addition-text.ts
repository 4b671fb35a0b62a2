import type { Addition } from '../../core/addition';
import { someOf } from '../common/format';

/** "2 new pictures and 1 prompt". */
export function additionText({ images, models, prompts }: Addition): string {
  return someOf([
    [images.length, 'new picture'],
    [models.length, 'model'],
    [prompts.length, 'prompt'],
  ]);
}
