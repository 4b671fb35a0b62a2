import { get, set } from 'idb-keyval';
import * as v from 'valibot';
import { selfTestKey, type SelfTestResult, type SelfTestSubject } from '../core/self-test';
import { asStorageError, store } from './db';

const schema = v.object({
  version: v.literal(1),
  result: v.object({
    outcome: v.variant('kind', [
      v.object({ kind: v.literal('passed') }),
      v.object({
        kind: v.literal('degenerate'),
        why: v.picklist(['empty', 'repeated', 'replacement-characters', 'no-letters']),
      }),
      v.object({ kind: v.literal('different') }),
      v.object({ kind: v.literal('unusable'), why: v.string() }),
    ]),
    text: v.string(),
    cpuText: v.exactOptional(v.string()),
    testedAt: v.number(),
  }),
});

/** Beside the settings: a few hundred bytes for each model that was tried on this device. */
const settings = store('settings');

/** Undefined where it was never tested, or the result can't be understood. @throws AppError */
export async function savedSelfTest(subject: SelfTestSubject): Promise<SelfTestResult | undefined> {
  try {
    const parsed = v.safeParse(schema, await get<unknown>(selfTestKey(subject), settings));
    return parsed.success ? parsed.output.result : undefined;
  } catch (error) {
    throw asStorageError(error);
  }
}

/** @throws AppError */
export async function saveSelfTest(
  subject: SelfTestSubject,
  result: SelfTestResult,
): Promise<void> {
  try {
    await set(selfTestKey(subject), { version: 1, result }, settings);
  } catch (error) {
    throw asStorageError(error);
  }
}
