import { get, set } from 'idb-keyval';
import * as v from 'valibot';
import { DEFAULT_DECODE } from '../core/decode';
import { PICTURE_SIZES } from '../core/gallery';
import { PRECISION_CHOICES } from '../core/precision';
import { PREDEFINED_PROMPTS } from '../core/prompts';
import { asStorageError, store } from './db';
import { JUDGE_MODES } from '../core/run';
import { NO_WISHES } from '../core/wishes';
import { promptSchema, samplingSchema, wishesSchema } from './run-schema';

/** Missing fields get their default, so that settings of an older version load. */
const settingsSchema = v.object({
  modelIds: v.fallback(v.nullable(v.array(v.string())), null),
  promptIds: v.fallback(
    v.array(v.string()),
    PREDEFINED_PROMPTS.filter((prompt) => prompt.initial).map((prompt) => prompt.id),
  ),
  customPrompts: v.fallback(v.array(promptSchema), []),
  judgeId: v.fallback(v.nullable(v.string()), 'embedded/mini-judge'),
  judgeMode: v.fallback(v.picklist(JUDGE_MODES), 'verify'),
  device: v.fallback(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  precision: v.fallback(v.picklist(PRECISION_CHOICES), 'auto'),
  threads: v.fallback(
    v.union([v.literal('auto'), v.pipe(v.number(), v.integer(), v.minValue(1))]),
    'auto',
  ),
  maxNewTokens: v.fallback(
    v.pipe(v.number(), v.integer(), v.minValue(8)),
    DEFAULT_DECODE.maxNewTokens,
  ),
  wishes: v.fallback(wishesSchema, NO_WISHES),
  /** Text around every caption that leaves the app. */
  captionFrame: v.fallback(v.object({ prefix: v.string(), suffix: v.string() }), {
    prefix: '',
    suffix: '',
  }),
  /** Pictures with a text file beside them, or a verdict in a kept run, are left out of a new run. */
  skipDescribed: v.fallback(v.boolean(), false),
  /** What descriptions and verdicts took, see `core/pace-book`. */
  paces: v.fallback(v.record(v.string(), v.pipe(v.number(), v.minValue(0))), {}),
  /** Models of the Hub that were being fetched when the page was closed. */
  downloads: v.fallback(v.array(v.string()), []),
  /** Also repositories of the Hub that nobody has tried here may be fetched. */
  allowsAnyRepository: v.fallback(v.boolean(), false),
  sampling: v.fallback(samplingSchema, DEFAULT_DECODE.sampling),
  pictureSize: v.fallback(v.picklist(PICTURE_SIZES), 'medium'),
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  runId: v.fallback(v.nullable(v.string()), null),
  /** True while the run works: a reload then goes on with it. */
  runGoing: v.fallback(v.boolean(), false),
  /** The set-up was folded away, by somebody or for a run: it stays so. */
  setupFolded: v.fallback(v.boolean(), false),
  /** A notification tells the end of a run to those who left. */
  tellsEnd: v.fallback(v.boolean(), false),
  /** The line that tells of larger models was dismissed. */
  knowsLarger: v.fallback(v.boolean(), false),
  /** False until pictures were first shown: then the samples are put in. */
  welcomed: v.fallback(v.boolean(), false),
});

/** `modelIds: null` means the embedded ones. */
export type Settings = v.InferOutput<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = v.parse(settingsSchema, {});

const settings = store('settings');
const SETTINGS_KEY = 'settings';

export async function savedSettings(): Promise<Settings> {
  try {
    const parsed = v.safeParse(settingsSchema, (await get<unknown>(SETTINGS_KEY, settings)) ?? {});
    return parsed.success ? parsed.output : DEFAULT_SETTINGS;
  } catch (error) {
    throw asStorageError(error);
  }
}

export async function saveSettings(value: Settings): Promise<void> {
  try {
    await set(SETTINGS_KEY, value, settings);
  } catch (error) {
    throw asStorageError(error);
  }
}
