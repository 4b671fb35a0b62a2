import type { Reply } from '../../src/core/errors';
import { classifyError } from './classify-error';
import { deviceLoss } from './device-loss';

/** Runs a call and answers with data whatever happens: errors lose their code on the way to the page. */
export async function reply<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await deviceLoss.whileThere(work) };
  } catch (error) {
    // What a call says when the device goes may come before the news itself.
    return { ok: false, error: classifyError(deviceLoss.error ?? error) };
  }
}
