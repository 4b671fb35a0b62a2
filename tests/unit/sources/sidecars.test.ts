import { expect, test } from 'vitest';
import { sidecarText } from '../../../src/sources/sidecars';

test('text files say what is in them, without the space around it; an empty one says nothing', async () => {
  expect(await sidecarText(new Blob([' A cat.\n']))).toBe('A cat.');
  expect(await sidecarText(new Blob([' \n']))).toBeUndefined();
  expect(await sidecarText(new Blob(['x'.repeat(70_000)]))).toHaveLength(65_536);
});
