import { expect, test } from 'vitest';
import { NEUTRAL } from '../../../../src/core/evidence/calibration';
import { lessonFrom } from '../../../../workers/engine/learn';

/** A picture with two dogs, of which one model tells right and the other invents a cat. */
const picture = (caption: string, before?: string) => ({
  texts: [
    { modelId: 'embedded/mini-moondream', promptId: 'p', text: 'There are two dogs.' },
    { modelId: 'tiny/right', promptId: 'p', text: 'Two dogs are running on grass.' },
    { modelId: 'tiny/wrong', promptId: 'p', text: 'Three dogs and a cat lie on a sofa.' },
  ],
  caption,
  checks: [],
  ...(before === undefined ? {} : { before }),
});

test('models of the Hub are learned, those that come with the app are not', async () => {
  const read: number[] = [];
  const pictures = Array.from({ length: 24 }, () =>
    picture('Two dogs run on the grass.', 'Two dogs and a cat run on the grass.'),
  );
  const lesson = await lessonFrom([...pictures, picture('')], (count) => read.push(count));
  expect(read).toEqual([0, 10, 20]);
  expect(lesson.pictures).toBe(24);
  expect(Object.keys(lesson.calibrations)).toEqual(['tiny/right', 'tiny/wrong']);
  expect(lesson.tallies['tiny/right']).toMatchObject({ wrong: 0 });
  expect(lesson.tallies['tiny/right']?.right).toBeGreaterThan(24 * 3);
  expect(lesson.tallies['tiny/wrong']?.wrong).toBeGreaterThanOrEqual(24 * 2);
  expect(lesson.tallies['tiny/right']!.gain).toBeGreaterThan(0.1);
  expect(lesson.tallies['tiny/wrong']!.gain).toBeLessThan(-0.1);
  const { count } = lesson.calibrations['tiny/wrong']!;
  expect(count!.said.certain).toBeLessThan(NEUTRAL.said.certain - 0.2);
  // It is what the claims come from: the same captions, the same lesson.
  expect(await lessonFrom(pictures, () => undefined)).toEqual(lesson);
});
