import type { AcceptedPicture } from '../core/evidence/learn/observe';
import type { Lesson } from '../core/protocol';
import { JudgeClient } from './judge';

/**
 * What models are worth by accepted captions: read in a worker of its own, which ends with it.
 * @param onRead told how many are read
 */
export async function learnFrom(
  pictures: readonly AcceptedPicture[],
  onRead: (count: number) => void,
  signal: AbortSignal,
): Promise<Lesson> {
  const judge = new JudgeClient();
  try {
    return await judge.learn(pictures, onRead, signal);
  } finally {
    judge.stop();
  }
}
