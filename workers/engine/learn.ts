import { learnedFrom, tallies } from '../../src/core/evidence/learn/learn';
import { observationsOf, type AcceptedPicture } from '../../src/core/evidence/learn/observe';
import { loadLexicon } from '../../src/core/evidence/lexicon/load';
import type { Lesson } from '../../src/core/protocol';
import { CALIBRATIONS, PLAIN_SPOKEN } from '../../src/models/registry';

/** So many pictures are read before it is told how far it is. */
const TOLD_EVERY = 10;

/** What models are worth by captions that a person has accepted; of those that come with the app it was measured. */
export async function lessonFrom(
  pictures: readonly AcceptedPicture[],
  onRead: (count: number) => void,
): Promise<Lesson> {
  const reading = { plain: PLAIN_SPOKEN, lexicon: await loadLexicon() };
  const found = pictures.map((picture, at) => {
    if (at % TOLD_EVERY === 0) onRead(at);
    return observationsOf(picture, reading);
  });
  const observations = found.flat();
  const calibrations = learnedFrom(observations, CALIBRATIONS);
  return {
    calibrations,
    tallies: tallies(observations, calibrations),
    pictures: found.filter((own) => own.length > 0).length,
    claims: observations.length,
  };
}
