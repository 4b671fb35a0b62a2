import { getMany, set } from 'idb-keyval';
import * as v from 'valibot';
import type { Edit } from '../core/edit';
import { asStorageError, store } from './db';

const editSchema = v.object({
  texts: v.array(v.object({ text: v.nullable(v.string()), at: v.number() })),
  accepted: v.boolean(),
});

const recordSchema = v.object({ version: v.literal(1), edit: editSchema });

const edits = store('edits');

export const editKey = (runId: string, imageId: string): string => `${runId}|${imageId}`;

/** Resolves when it is on disk: await it before it is shown. */
export async function saveEdit(runId: string, imageId: string, edit: Edit): Promise<void> {
  try {
    await set(editKey(runId, imageId), { version: 1, edit }, edits);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Edits of a run by the id of their image. */
export async function savedEdits(
  runId: string,
  imageIds: readonly string[],
): Promise<ReadonlyMap<string, Edit>> {
  try {
    const values = await getMany<unknown>(
      imageIds.map((id) => editKey(runId, id)),
      edits,
    );
    return new Map(
      imageIds.flatMap((id, index) => {
        const parsed = v.safeParse(recordSchema, values[index]);
        return parsed.success ? [[id, parsed.output.edit] as const] : [];
      }),
    );
  } catch (error) {
    throw asStorageError(error);
  }
}

/** An edit that comes from a file; undefined where it can't be understood. */
export function readEdit(value: unknown): Edit | undefined {
  const parsed = v.safeParse(editSchema, value);
  return parsed.success ? parsed.output : undefined;
}
