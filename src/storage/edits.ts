import { getMany, promisifyRequest, set } from 'idb-keyval';
import * as v from 'valibot';
import { UNEDITED, type Edit } from '../core/edit';
import { asStorageError, store } from './db';

const editSchema = v.object({
  texts: v.array(v.object({ text: v.nullable(v.string()), at: v.number() })),
  accepted: v.boolean(),
  acceptedText: v.exactOptional(v.string()),
  acceptances: v.exactOptional(v.array(v.object({ accepted: v.boolean(), at: v.number() }))),
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

/**
 * Changes an edit in one step: another tab may have changed it since it was read here.
 * @returns the edit as it is now, on disk
 * @throws AppError where it can't be written
 */
export async function changeEdit(
  runId: string,
  imageId: string,
  change: (edit: Edit) => Edit,
): Promise<Edit> {
  const key = editKey(runId, imageId);
  try {
    return await edits('readwrite', async (objects) => {
      const edit = change(
        readRecord(await promisifyRequest<unknown>(objects.get(key))) ?? UNEDITED,
      );
      objects.put({ version: 1, edit }, key);
      await promisifyRequest(objects.transaction);
      return edit;
    });
  } catch (error) {
    throw asStorageError(error);
  }
}

/**
 * Changes many edits in one step, all of them or none.
 * @returns the edits as they are now, on disk
 * @throws AppError where they can't be written
 */
export async function changeEdits(
  runId: string,
  changes: ReadonlyMap<string, (edit: Edit) => Edit>,
): Promise<ReadonlyMap<string, Edit>> {
  try {
    return await edits('readwrite', async (objects) => {
      const changed = new Map<string, Edit>();
      const read = [...changes.keys()].map((id) =>
        promisifyRequest<unknown>(objects.get(editKey(runId, id))),
      );
      for (const [at, [imageId, change]] of [...changes].entries()) {
        const edit = change(readRecord(await read[at]) ?? UNEDITED);
        objects.put({ version: 1, edit }, editKey(runId, imageId));
        changed.set(imageId, edit);
      }
      await promisifyRequest(objects.transaction);
      return changed;
    });
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
        const edit = readRecord(values[index]);
        return edit === undefined ? [] : [[id, edit] as const];
      }),
    );
  } catch (error) {
    throw asStorageError(error);
  }
}

function readRecord(value: unknown): Edit | undefined {
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? parsed.output.edit : undefined;
}

/** An edit that comes from a file; undefined where it can't be understood. */
export function readEdit(value: unknown): Edit | undefined {
  const parsed = v.safeParse(editSchema, value);
  return parsed.success ? parsed.output : undefined;
}
