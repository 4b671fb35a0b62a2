import { keys as allKeys } from 'idb-keyval';
import * as v from 'valibot';
import type { Description } from '../core/cell';
import { DEGENERATES } from '../core/degenerate-kind';
import type { ErrorData } from '../core/errors';
import { ERROR_CODES } from '../core/errors';
import { CLAIM_KINDS } from '../core/claims';
import type { Verdict } from '../core/verdict';
import { waySchema } from './way-schema';
import { asStorageError, store } from './db';

const errorSchema = v.object({ code: v.picklist(ERROR_CODES), detail: v.string() });

const descriptionSchema = v.object({
  text: v.string(),
  device: v.picklist(['wasm', 'webgpu']),
  timings: v.object({ lookMs: v.number(), generateMs: v.number(), newTokens: v.number() }),
  finishedAt: v.number(),
  cutOff: v.boolean(),
  degenerate: v.exactOptional(v.picklist(DEGENERATES)),
  retriedFor: v.exactOptional(v.picklist(DEGENERATES)),
});

const claimSchema = v.object({
  id: v.string(),
  kind: v.picklist(CLAIM_KINDS),
  subject: v.string(),
  value: v.string(),
  sources: v.array(
    v.object({
      modelId: v.string(),
      promptId: v.string(),
      sentence: v.string(),
      certain: v.boolean(),
    }),
  ),
  modelIds: v.array(v.string()),
  checks: v.array(v.object({ modelId: v.string(), yes: v.number() })),
  weight: v.number(),
  standing: v.picklist(['agreed', 'single', 'disputed']),
  contradicts: v.array(v.string()),
});

const verdictSchema = v.object({
  caption: v.string(),
  sentences: v.array(
    v.object({
      text: v.string(),
      claimIds: v.array(v.string()),
      origin: v.picklist(['supported', 'added', 'claims']),
    }),
  ),
  claims: v.array(claimSchema),
  textRows: v.array(
    v.object({
      original: v.string(),
      english: v.string(),
      language: v.string(),
      isLanguageDetected: v.exactOptional(v.boolean()),
      modelIds: v.array(v.string()),
      agreement: v.exactOptional(v.number()),
      readers: v.exactOptional(v.number()),
      others: v.exactOptional(
        v.array(v.object({ text: v.string(), modelIds: v.array(v.string()) })),
      ),
    }),
  ),
  writtenBy: v.picklist(['judge', 'consensus', 'model']),
  replaced: v.exactOptional(v.string()),
  dropped: v.optional(v.array(v.string()), []),
  way: v.exactOptional(waySchema),
  ranking: v.exactOptional(
    v.array(v.object({ modelId: v.string(), promptId: v.string(), score: v.number() })),
  ),
  device: v.picklist(['wasm', 'webgpu']),
  judgeMs: v.number(),
  newTokens: v.number(),
  finishedAt: v.number(),
});

const recordSchema = v.variant('kind', [
  v.object({
    version: v.literal(1),
    kind: v.literal('description'),
    description: descriptionSchema,
  }),
  v.object({ version: v.literal(1), kind: v.literal('verdict'), verdict: verdictSchema }),
  v.object({ version: v.literal(1), kind: v.literal('check'), yes: v.number() }),
  v.object({
    version: v.literal(1),
    kind: v.literal('failure'),
    error: errorSchema,
    attempts: v.number(),
  }),
]);

/** What the journal keeps under a cell's or a verdict's key. */
export type JournalRecord =
  | { readonly kind: 'description'; readonly description: Description }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** Probability of "yes", 0..1. */
  | { readonly kind: 'check'; readonly yes: number }
  | { readonly kind: 'failure'; readonly error: ErrorData; readonly attempts: number };

const journal = store('journal');
/** Not before there is a run: the first screen needs none. */
const rows = () => import('./packs');
let writes = 0;

/** How often this page has written records: who deletes what nobody needs must not meet what is only coming in. */
export function recordWrites(): number {
  return writes;
}

/** Resolves when the record is on disk: await it before the result is shown. */
export function saveRecord(key: string, record: JournalRecord): Promise<void> {
  return saveRecords([[key, record]]);
}

/** The same for records that belong together: all of them or none. */
export async function saveRecords(
  records: readonly (readonly [key: string, record: JournalRecord])[],
): Promise<void> {
  writes += 1;
  try {
    const { changeRows } = await rows();
    await changeRows(records.map(([key, record]) => [key, { version: 1, ...record }]));
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Deletes these records, all or none. */
export async function forgetRecords(keys: readonly string[]): Promise<void> {
  try {
    const { changeRows } = await rows();
    await changeRows([], keys);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Records for these keys, in their order; undefined where there is none or where it can't be understood. */
export async function savedRecords(
  keys: readonly string[],
): Promise<(JournalRecord | undefined)[]> {
  try {
    const { readRows } = await rows();
    return (await readRows(keys)).map(readRecord);
  } catch (error) {
    throw asStorageError(error);
  }
}

/** A record that comes from the disk or from a file; undefined where it can't be understood. */
export function readRecord(value: unknown): JournalRecord | undefined {
  const parsed = v.safeParse(recordSchema, value);
  return parsed.success ? parsed.output : undefined;
}

/** What a key is about: `cell`, `check` or `verdict`, and the SHA-256 of the image. */
export function partsOfKey(key: string): { readonly kind: string; readonly sha256: string } {
  const [kind = '', sha256 = ''] = key.split('|');
  return { kind, sha256 };
}

/** Keys of all records there are. */
export async function recordKeys(): Promise<readonly string[]> {
  try {
    return await allKeys<string>(journal);
  } catch (error) {
    throw asStorageError(error);
  }
}
