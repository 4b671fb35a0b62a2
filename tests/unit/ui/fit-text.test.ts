import { expect, test } from 'vitest';
import type { FitReason } from '../../../src/core/device-fit';
import { fitLabel, fitText } from '../../../src/ui/models/fit-text';

const GB = 1e9;
const REASONS: readonly FitReason[] = [
  { code: 'no-webgpu' },
  { code: 'needs-half-floats', parts: ['vision_encoder', 'decoder_model_merged'] },
  { code: 'buffer-limit', part: 'embed_tokens', bytes: 3 * GB, limitBytes: 2 * GB },
  { code: 'wasm-heap', bytes: 5 * GB, limitBytes: 4 * GB },
  { code: 'storage', bytes: 5 * GB, freeBytes: GB },
  { code: 'memory', bytes: 5 * GB, deviceBytes: 8 * GB },
  { code: 'slow-on-cpu', parts: ['decoder_model_merged'] },
];

test('what fits needs no sentence', () => {
  expect(fitText({ kind: 'yes' })).toBe('');
  expect(fitLabel({ kind: 'yes' })).toBe('Fits this device');
});

test.each(REASONS)('$code says what is and what to do, with its numbers', (reason) => {
  for (const kind of ['no', 'maybe'] as const) {
    const text = fitText({ kind, reason });
    expect(text).toMatch(/^[A-Z].+\. [A-Z].+\.$/u);
    if ('bytes' in reason) expect(text).toMatch(/\d\.\d GB/u);
  }
});

test('a doubt is told from a fact', () => {
  const reason = REASONS[2]!;
  expect(fitText({ kind: 'no', reason })).toBe(
    'Its embed_tokens has 3.0 GB, and this graphics device takes at most 2.0 GB at a time. Choose a smaller precision or a smaller model.',
  );
  expect(fitText({ kind: 'maybe', reason })).toContain('may take at most');
  expect(fitText({ kind: 'no', reason: REASONS[1]! })).toBe(
    'Its vision_encoder and decoder_model_merged need half floats, which this graphics device does not have. Choose q4, q8 or fp32.',
  );
});
