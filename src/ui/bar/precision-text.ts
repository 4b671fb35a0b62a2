import type { PrecisionChoice } from '../../core/precision';

const LABELS: Partial<Record<PrecisionChoice, string>> = { auto: 'Automatic' };

/** A precision is called what it is called everywhere else. */
export function precisionLabel(choice: PrecisionChoice): string {
  return LABELS[choice] ?? choice;
}

const ELSE = 'A model without it keeps its own.';

/** What each choice means, for the line below it. */
export const PRECISION_NOTES: Readonly<Record<PrecisionChoice, string>> = {
  auto: 'Each model runs in the precision that suits it and this device.',
  fp32: `Full precision: the largest download and the most memory. ${ELSE}`,
  fp16: `Half of fp32’s size; needs a graphics device with half floats. ${ELSE}`,
  q8: `A quarter of fp32’s size; the fastest on the CPU. ${ELSE}`,
  q4: `About an eighth of fp32’s size; for WebGPU: on the CPU it is many times slower than q8. ${ELSE}`,
  q4f16: `The smallest; needs a graphics device with half floats. ${ELSE}`,
};
