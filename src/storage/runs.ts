import { get, set } from 'idb-keyval';
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

/** Undefined where there is none, or one that can't be understood. */
export async function savedRun(id: string): Promise<Run | undefined> {
  try {
    const parsed = v.safeParse(recordSchema, await get<unknown>(id, runs));
    return parsed.success ? parsed.output.run : undefined;
  } catch (error) {
    throw asStorageError(error);
  }
}
