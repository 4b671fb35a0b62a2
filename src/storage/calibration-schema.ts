import * as v from 'valibot';
import { CLAIM_KINDS } from '../core/claims';
import type { Calibrations } from '../core/evidence/weigh';

/** Log odds, or what some are multiplied by: beyond this there is nothing to tell apart. */
const evidence = v.pipe(v.number(), v.minValue(-50), v.maxValue(50));

const stances = v.object({
  certain: evidence,
  hedged: evidence,
  rival: evidence,
  silent: evidence,
});

const checked = v.object({
  said: stances,
  check: v.object({
    yes: evidence,
    no: evidence,
    bias: evidence,
    assured: v.object({ no: evidence, bias: evidence }),
  }),
});

/** What the word of one model is worth. */
export const calibrationSchema = v.record(
  v.picklist(CLAIM_KINDS),
  v.object({ said: stances, checked: v.exactOptional(checked) }),
);

/** By model id. */
export const calibrationsSchema = v.record(v.string(), calibrationSchema);

/** As a manifest has it. */
export const calibratedSchema = v.object({
  // A hash, which becomes a part of keys.
  name: v.pipe(v.string(), v.regex(/^([0-9a-f]{16})?$/u)),
  calibrations: calibrationsSchema,
  at: v.number(),
});

/**
 * Calibrations that a run or a manifest carries.
 * @throws ValiError where they are none
 */
export function readCalibrations(value: unknown): Calibrations {
  return v.parse(calibrationsSchema, value);
}
