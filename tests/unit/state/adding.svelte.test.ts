import { expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import type { Candidate } from '../../../src/sources/intake';
import { AddingState } from '../../../src/state/adding.svelte';

const candidate = (name: string): Candidate => ({
  id: `file:${name}`,
  name,
  open: () => Promise.resolve(new Blob([name])),
  source: { kind: 'copy' },
});

test('what was refused is forgotten when other files are added, not while they are', async () => {
  const adding = new AddingState(
    () => Promise.reject(new AppError('image-svg')),
    () => undefined,
    () => 0,
  );
  const names = () => adding.refusals.map(({ name }) => name);
  await adding.add([candidate('a.heic')]);
  expect(names()).toEqual(['a.heic']);
  // Two folders that come together.
  await Promise.all([adding.add([candidate('b.heic')]), adding.add([candidate('c.heic')])]);
  expect(names()).toEqual(['b.heic', 'c.heic']);
});

test('what comes in one gesture is told together, one after the other too, and is stopped together', async () => {
  const adding = new AddingState(
    () => Promise.reject(new AppError('image-svg')),
    () => undefined,
    () => 0,
  );
  const names = () => adding.refusals.map(({ name }) => name);
  await adding.add([candidate('before')]);
  await adding.together(async (signal) => {
    expect(names()).toEqual([]);
    await adding.add([candidate('a')]);
    await adding.add([candidate('b')]);
    expect(names()).toEqual(['a', 'b']);
    adding.stop();
    expect(signal.aborted).toBe(true);
  });
  await adding.add([candidate('c')]);
  expect(names()).toEqual(['c']);
});
