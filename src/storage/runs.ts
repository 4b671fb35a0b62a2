import { del, get, promisifyRequest, set, values } from 'idb-keyval';
import * as v from 'valibot';
import type { Run } from '../core/run';
import { asStorageError, store } from './db';
import { runSchema } from './run-schema';

const recordSchema = v.object({ version: v.literal(1), run: runSchema });

const runs = store('runs');

export async function saveRun(run: Run): Promise<void> {
  try {
    await set(run.id, { version: 1, run }, runs);
  } catch (error) {
    throw asStorageError(error);
  }
}

/**
 * Changes a run that is kept, in one step: another tab may have changed it since it was read here.
 * @returns the run as it is now; undefined where there is none
 */
export async function changeRun(id: string, change: (run: Run) => Run): Promise<Run | undefined> {
  try {
    return await runs('readwrite', async (objects) => {
      const run = readRun(await promisifyRequest<unknown>(objects.get(id)));
      if (run === undefined) return undefined;
      const changed = change(run);
      objects.put({ version: 1, run: changed }, id);
      await promisifyRequest(objects.transaction);
      return changed;
    });
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Undefined where there is none, or one that can't be understood. */
export async function savedRun(id: string): Promise<Run | undefined> {
  try {
    return readRun(await get<unknown>(id, runs));
  } catch (error) {
    throw asStorageError(error);
  }
}

/** All runs, newest first; those that can't be understood are left out (and kept). */
export async function savedRuns(): Promise<readonly Run[]> {
  try {
    const found = (await values<unknown>(runs)).flatMap((value) => readRun(value) ?? []);
    return found.sort((a, b) => b.createdAt - a.createdAt);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Whether a run is kept that this version of the app can't understand. */
export async function hasUnreadableRuns(): Promise<boolean> {
  return (await values<unknown>(runs)).some((value) => readRun(value) === undefined);
}

/** Forgets the run itself; its results stay in the journal until `sweep` finds that nobody needs them. */
export async function forgetRun(id: string): Promise<void> {
  try {
    await del(id, runs);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** A run that comes from the disk or from a file; undefined where it can't be understood. */
export function readRun(value: unknown): Run | undefined {
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? parsed.output.run : undefined;
}
