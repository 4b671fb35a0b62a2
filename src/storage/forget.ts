import { clear, delMany, get, update } from 'idb-keyval';
import * as v from 'valibot';
import { withoutForgotten, type Forgotten } from '../core/forget';
import { asStorageError, deleteDatabase, store } from './db';
import { setTabToken } from './hub-access';
import { withLock } from './lock';
import { changeRun, forgetRun, savedRuns } from './runs';
import { saveImageList } from './image-list';
import { savedSettings, saveSettings } from './settings';
import { forgetModelWeights, weightsLock } from './weights';

const forgottenSchema = v.variant('kind', [
  v.object({
    kind: v.literal('picture'),
    sha256: v.string(),
    runIds: v.array(v.string()),
    at: v.number(),
  }),
  v.object({ kind: v.literal('run'), runId: v.string(), at: v.number() }),
  v.object({ kind: v.literal('weights'), modelId: v.string(), at: v.number() }),
]);

const settings = store('settings');
const FOUND_STORES = [
  'runs',
  'packs',
  'journal',
  'edits',
  'images',
  'thumbnails',
  'handles',
] as const;
const FORGOTTEN_KEY = 'forgotten';
const NOT_WANTED_KEY = 'weights-not-wanted';

const readForgotten = (value: unknown): readonly Forgotten[] => {
  const parsed = v.safeParse(v.array(forgottenSchema), value);
  return parsed.success ? parsed.output : [];
};

const same = (a: Forgotten, b: Forgotten): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What was forgotten and is still on the disk: its undo stands, or the page was closed before it was over. */
export async function savedForgotten(): Promise<readonly Forgotten[]> {
  try {
    return readForgotten(await get<unknown>(FORGOTTEN_KEY, settings));
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Writes down that it is to go, so that it goes also when the page is closed. */
export async function saveForgotten(forgotten: Forgotten): Promise<void> {
  await change((list) => [...list, forgotten]);
}

/** It is not to go any more, or it is gone. */
export async function withdrawForgotten(forgotten: Forgotten): Promise<void> {
  await change((list) => list.filter((other) => !same(other, forgotten)));
}

async function change(how: (list: readonly Forgotten[]) => readonly Forgotten[]): Promise<void> {
  try {
    await update<unknown>(FORGOTTEN_KEY, (value) => how(readForgotten(value)), settings);
  } catch (error) {
    throw asStorageError(error);
  }
}

/**
 * Deletes what was forgotten; nothing where that was undone meanwhile, perhaps in another tab. The note that it has to go is
 * deleted last: after a crash in the middle it is done again.
 * @param images asks for SHA-256 as in `sweep`
 */
export async function finishForgetting(
  forgotten: Forgotten,
  images: () => readonly string[] | null,
): Promise<void> {
  const isToGo = async () => (await savedForgotten()).some((other) => same(other, forgotten));
  if (!(await isToGo())) return;
  if (forgotten.kind === 'weights') {
    const { modelId } = forgotten;
    // Not under a download; one that went on meanwhile may have taken the deletion back.
    await withLock(weightsLock(modelId), async () => {
      if (await isToGo()) await forgetWeights(modelId);
    });
  } else {
    const before = await savedRuns();
    const after = withoutForgotten(before, [forgotten]);
    for (const run of before) {
      const left = after.find(({ id }) => id === run.id);
      if (left === undefined) await forgetRun(run.id);
      else if (left !== run)
        await changeRun(run.id, (now) => withoutForgotten([now], [forgotten])[0] ?? now);
    }
    const { sweep } = await import('./sweep');
    await sweep({ runs: after, images: images() }, images);
  }
  await withdrawForgotten(forgotten);
}

/** Deletes the weights of a model, of every revision. They come back with the next run that needs them, not before. */
async function forgetWeights(modelId: string): Promise<void> {
  try {
    await update<unknown>(
      NOT_WANTED_KEY,
      (value) => [...new Set([...readNames(value), modelId])],
      settings,
    );
  } catch (error) {
    throw asStorageError(error);
  }
  await forgetModelWeights(modelId);
}

/** Whoever fetches a model wants to keep it: nothing that was forgotten of it is deleted any more. @throws AppError */
export async function wantWeights(modelId: string): Promise<void> {
  await change((list) =>
    list.filter((other) => other.kind !== 'weights' || other.modelId !== modelId),
  );
  try {
    await update<unknown>(
      NOT_WANTED_KEY,
      (value) => readNames(value).filter((name) => name !== modelId),
      settings,
    );
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Models whose weights somebody has deleted: they are not fetched unasked. */
export async function weightsNotWanted(): Promise<readonly string[]> {
  return readNames(await get<unknown>(NOT_WANTED_KEY, settings));
}

function readNames(value: unknown): readonly string[] {
  const parsed = v.safeParse(v.array(v.string()), value);
  return parsed.success ? parsed.output : [];
}

/** What goes beside the pictures and all that was found in them. */
export interface ForgetChoices {
  readonly weights: boolean;
  /** The app itself, kept for use without a network. */
  readonly shell: boolean;
  /** Settings, own prompts and whatever else the page has written down. */
  readonly settings: boolean;
}

/** Deletes everything, at once and for good: the app is then as on a first visit. @throws AppError */
export async function forgetEverything(choices: ForgetChoices): Promise<void> {
  try {
    if (choices.shell) await forgetShell();
    if (choices.settings) {
      localStorage.clear();
      setTabToken('');
    }
    if (choices.weights && choices.settings) {
      await deleteDatabase();
      return;
    }
    // Copies go before what they are copies of.
    for (const name of FOUND_STORES) await clear(store(name));
    if (choices.weights)
      for (const name of ['weights', 'models'] as const) await clear(store(name));
    if (choices.settings) await clear(settings);
    else {
      await saveImageList([]);
      await delMany([FORGOTTEN_KEY, NOT_WANTED_KEY], settings);
      const first = { runId: null, runGoing: false, welcomed: false, setupFolded: false };
      await saveSettings({ ...(await savedSettings()), ...first });
    }
  } catch (error) {
    throw asStorageError(error);
  }
}

async function forgetShell(): Promise<void> {
  // Neither is there in an insecure context.
  if ('caches' in globalThis) for (const name of await caches.keys()) await caches.delete(name);
  if (!('serviceWorker' in navigator)) return;
  for (const registration of await navigator.serviceWorker.getRegistrations())
    await registration.unregister();
}
