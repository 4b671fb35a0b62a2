import { expect, test } from 'vitest';
import { memoryText } from '../../../src/ui/setup/memory-text';

const GIB = 1024 ** 3;
const needed = { modelsBytes: 5 * GIB, judgeBytes: 1 * GIB, deviceBytes: 8 * GIB };

test('says what does not fit, by how much, and what the run does about it', () => {
  expect(memoryText('all', needed)).toBe('');
  expect(memoryText('models', needed)).toBe(
    'With the judge they take about 6.4 GB, more than this device (8.6 GB) is sure to hold: the judge begins when they have ended.',
  );
  expect(memoryText('one', { ...needed, deviceBytes: null })).toBe(
    'Together they take about 5.4 GB, more than this device is sure to hold: they work one after the other, and verdicts come at the end.',
  );
});
