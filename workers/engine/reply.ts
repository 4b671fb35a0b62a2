import type { Reply } from '../../src/core/errors';
import { classifyError } from './classify-error';

/** Runs a call and answers with data whatever happens: errors lose their code on the way to the page. */
export async function reply<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: classifyError(error) };
  }
}
