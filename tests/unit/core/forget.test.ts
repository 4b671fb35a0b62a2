import { expect, test } from 'vitest';
import { withoutForgotten, type Forgotten } from '../../../src/core/forget';
import { image, run as runOf } from '../engine/runner/fake-ports';

const BOTH = runOf({ id: 'both', images: [image('a'), image('b')] });
const ONLY_B = runOf({ id: 'only b', images: [image('b')] });
const picture = (name: string, runIds: readonly string[]): Forgotten => ({
  kind: 'picture',
  sha256: image(name).sha256,
  runIds,
  at: 1,
});

test('a picture goes from every run that had it, and a run that had no other with it', () => {
  const left = withoutForgotten([BOTH, ONLY_B], [picture('b', ['both', 'only b'])]);
  expect(left).toEqual([{ ...BOTH, images: [image('a')] }]);
});

test('a run that is made later keeps the picture; what has nothing to do with it is the same object', () => {
  const [both, onlyB] = withoutForgotten([BOTH, ONLY_B], [picture('a', ['both'])]);
  expect(both?.images).toEqual([image('b')]);
  expect(onlyB).toBe(ONLY_B);
  expect(withoutForgotten([BOTH], [picture('a', ['only b'])])).toEqual([BOTH]);
});

test('runs go by their id, several things one after the other, and weights touch no run', () => {
  const forgotten: Forgotten[] = [
    { kind: 'weights', modelId: 'm', at: 1 },
    picture('a', ['both']),
    { kind: 'run', runId: 'only b', at: 2 },
  ];
  expect(withoutForgotten([BOTH, ONLY_B], forgotten).map(({ id }) => id)).toEqual(['both']);
});

test('what was asked for again about the picture goes with it, and stays for the others', () => {
  const [model] = BOTH.models;
  const [prompt] = BOTH.prompts;
  const again = (name: string) => ({
    place: `cell|${image(name).sha256}|x`,
    model: model!,
    prompt: prompt!,
    decode: BOTH.decode,
    askedAt: 1,
  });
  const judged = (name: string) => ({ imageId: image(name).id, cellKeys: [], askedAt: 1 });
  const asked = {
    ...BOTH,
    again: [again('a'), again('b')],
    judgedAgain: [judged('a'), judged('b')],
  };
  const [left] = withoutForgotten([asked], [picture('a', ['both'])]);
  expect(left).toMatchObject({ again: [again('b')], judgedAgain: [judged('b')] });
});
