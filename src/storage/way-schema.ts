import * as v from 'valibot';
import { JUDGE_MODES } from '../core/run';

/** How a verdict was made, or is to be. */
export const waySchema = v.object({
  mode: v.picklist(JUDGE_MODES),
  order: v.exactOptional(v.literal('reversed')),
  calibration: v.exactOptional(v.string()),
});
