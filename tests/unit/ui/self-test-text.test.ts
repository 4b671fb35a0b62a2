import { expect, test } from 'vitest';
import type { SelfTestOutcome } from '../../../src/core/self-test';
import { selfTestText } from '../../../src/ui/models/self-test-text';

const text = (outcome: SelfTestOutcome, device: 'webgpu' | 'wasm' = 'webgpu') =>
  selfTestText({ outcome, text: '', testedAt: 0 }, device);

test('what passed needs no sentence', () => {
  expect(text({ kind: 'passed' })).toBe('');
});

test.each<SelfTestOutcome>([
  { kind: 'degenerate', why: 'empty' },
  { kind: 'degenerate', why: 'repeated' },
  { kind: 'degenerate', why: 'replacement-characters' },
  { kind: 'degenerate', why: 'no-letters' },
  { kind: 'different' },
  { kind: 'unusable', why: 'The judge answered nothing.' },
])('%o says what happened and what to do', (outcome) => {
  expect(text(outcome)).toMatch(/^[A-Z].+\. Choose another precision or CPU in the settings\.$/u);
  expect(text(outcome, 'wasm')).not.toContain('CPU in the settings');
});
