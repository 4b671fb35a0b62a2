import { wayOf } from '../judge-way';
import type { Run } from '../run';
import { MODES } from './modes';

/** Whether the verdict on an image needs every model's answer to every claim. */
export function isChecked(run: Pick<Run, 'judgeMode' | 'judgedAgain'>, imageId: string): boolean {
  return MODES[wayOf(run, imageId).mode].isChecked;
}
