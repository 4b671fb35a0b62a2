import { promisifyRequest } from 'idb-keyval';
import type { Verdict } from '../core/verdict';
import { asStorageError, store } from './db';
import { readRecord } from './journal';

/**
 * All verdicts on a picture that the journal has, whichever run they were made for and whatever from, newest first.
 * @throws AppError where they can't be read
 */
export async function verdictsOn(sha256: string): Promise<readonly Verdict[]> {
  const from = `verdict|${sha256}|`;
  try {
    const values = await store('journal')('readonly', (objects) =>
      promisifyRequest<unknown[]>(objects.getAll(IDBKeyRange.bound(from, `${from}\uffff`))),
    );
    return values
      .map(readRecord)
      .flatMap((record) => (record?.kind === 'verdict' ? [record.verdict] : []))
      .sort((a, b) => b.finishedAt - a.finishedAt);
  } catch (error) {
    throw asStorageError(error);
  }
}
