import { del, get, set } from 'idb-keyval';
import * as v from 'valibot';
import type { Learned } from '../core/learned';
import { calibrationsSchema } from './calibration-schema';
import { asStorageError, store } from './db';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const schema = v.object({
  version: v.literal(1),
  learned: v.object({
    calibrations: calibrationsSchema,
    at: v.number(),
    from: v.variant('kind', [
      v.object({
        kind: v.literal('captions'),
        pictures: count,
        claims: count,
        tallies: v.record(
          v.string(),
          v.object({ right: count, wrong: count, open: count, gain: v.number() }),
        ),
      }),
      v.object({ kind: v.literal('manifest'), name: v.string() }),
    ]),
  }),
});

/** Beside the settings, and forgotten with them. */
const settings = store('settings');
const KEY = 'learned';

/** Null where all models count alike. @throws AppError */
export async function savedLearned(): Promise<Learned | null> {
  try {
    const parsed = v.safeParse(schema, await get<unknown>(KEY, settings));
    return parsed.success ? parsed.output.learned : null;
  } catch (error) {
    throw asStorageError(error);
  }
}

/** @param learned null: all models count alike. @throws AppError */
export async function saveLearned(learned: Learned | null): Promise<void> {
  try {
    if (learned === null) await del(KEY, settings);
    else await set(KEY, { version: 1, learned }, settings);
  } catch (error) {
    throw asStorageError(error);
  }
}
