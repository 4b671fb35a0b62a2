import type { Page } from '@playwright/test';
import type { Claim } from '../../src/core/claims';

/** What the app's journal has of one picture. */
export interface Result {
  /** Descriptions of each model, by model id. */
  readonly descriptions: Map<string, string[]>;
  /** Sampled ones, by how they were: each of one asking. */
  readonly samples: Map<string, string[]>;
  /** Verdicts by mode. */
  readonly verdicts: Map<string, SavedVerdict>;
}

export interface SavedVerdict {
  readonly caption: string;
  readonly claims: readonly Claim[];
  readonly writtenBy: string;
  readonly sentences: readonly { readonly origin: string }[];
  readonly dropped: readonly string[];
}

interface Row {
  readonly kind: string;
  readonly description?: { readonly text: string };
  readonly verdict?: SavedVerdict;
}

const emptyResult = (): Result => ({
  descriptions: new Map<string, string[]>(),
  samples: new Map<string, string[]>(),
  verdicts: new Map<string, SavedVerdict>(),
});

/** Reads descriptions and verdicts by the picture's hash; keys as in `core/cell.ts` and `core/verdict.ts`. */
export async function readJournal(page: Page): Promise<Map<string, Result>> {
  const rows = await page.evaluate(
    () =>
      new Promise<[string, Row][]>((resolve, reject) => {
        const open = indexedDB.open('vlm-image-analysis');
        open.onerror = () => reject(new Error('no database'));
        open.onsuccess = () => {
          const store = open.result.transaction('journal').objectStore('journal');
          const found: [string, Row][] = [];
          const cursor = store.openCursor();
          cursor.onsuccess = () => {
            const at = cursor.result;
            if (at === null) {
              open.result.close();
              resolve(found);
              return;
            }
            found.push([at.key as string, at.value as Row]);
            at.continue();
          };
        };
      }),
  );
  const results = new Map<string, Result>();
  for (const [key, row] of rows) {
    const parts = key.split('|');
    const [, sha256 = '', modelId = '', , , , mode = ''] = parts;
    const result = results.get(sha256) ?? emptyResult();
    results.set(sha256, result);
    if (row.description !== undefined) {
      const how = parts.at(-1) ?? '';
      const [texts, name] = how.includes('sampled')
        ? [result.samples, how]
        : [result.descriptions, modelId];
      texts.set(name, [...(texts.get(name) ?? []), row.description.text]);
    }
    if (row.verdict !== undefined) result.verdicts.set(mode, row.verdict);
  }
  return results;
}
