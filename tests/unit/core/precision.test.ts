import { expect, test } from 'vitest';
import { isFourBit, isHalfFloat } from '../../../src/core/precision';

test.each([
  ['fp32', false, false],
  ['fp16', true, false],
  ['q8', false, false],
  ['int8', false, false],
  ['q4', false, true],
  ['q4f16', true, true],
  ['bnb4', false, true],
  ['q2f16', true, true],
])('%s: half floats %s, four bits or fewer %s', (precision, half, four) => {
  expect(isHalfFloat(precision)).toBe(half);
  expect(isFourBit(precision)).toBe(four);
});
