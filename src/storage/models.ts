import { del, entries, get, set } from 'idb-keyval';
import * as v from 'valibot';
import type { ModelSpec } from '../models/spec';
import { asStorageError, store } from './db';
import { specSchema } from './spec-schema';

const recordSchema = v.object({ version: v.literal(1), spec: specSchema, savedAt: v.number() });

const models = store('models');

/**
 * Keeps what a model of the Hub was resolved to: its commit, its files with their hashes, the precisions that were chosen. In place
 * of what was kept of it before. @throws AppError
 */
export async function saveModelSpec(spec: ModelSpec): Promise<void> {
  try {
    await set(spec.id, { version: 1, spec, savedAt: Date.now() }, models);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Undefined where nothing is kept, or a newer version wrote it. @throws AppError */
export async function savedModelSpec(modelId: string): Promise<ModelSpec | undefined> {
  try {
    return readSpec(await get<unknown>(modelId, models));
  } catch (error) {
    throw asStorageError(error);
  }
}

/** All that are kept, in the order in which they were resolved. @throws AppError */
export async function savedModelSpecs(): Promise<readonly ModelSpec[]> {
  try {
    const rows = await entries<string, unknown>(models);
    return rows
      .flatMap(([, value]) => {
        const parsed = v.safeParse(recordSchema, value);
        return parsed.success ? [parsed.output] : [];
      })
      .sort((a, b) => a.savedAt - b.savedAt)
      .map(({ spec }) => spec);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Its weights, if there are any, stay. @throws AppError */
export async function forgetModelSpec(modelId: string): Promise<void> {
  try {
    await del(modelId, models);
  } catch (error) {
    throw asStorageError(error);
  }
}

function readSpec(value: unknown): ModelSpec | undefined {
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? parsed.output.spec : undefined;
}
