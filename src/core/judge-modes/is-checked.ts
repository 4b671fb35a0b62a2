import { wayOf, type Judging } from '../judge-way';
import { MODES } from './modes';

/** Whether the verdict on an image needs every model's answer to every claim. */
export function isChecked(run: Judging, imageId: string): boolean {
  return MODES[wayOf(run, imageId).mode].isChecked;
}
