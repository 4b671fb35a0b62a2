import type { Page } from '@playwright/test';

/** Every record of these stores by its key; bytes as their SHA-256. */
export function storedRows(
  page: Page,
  stores: readonly string[],
): Promise<Record<string, Record<string, unknown>>> {
  return page.evaluate(async (names) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('vlm-image-analysis');
      open.onsuccess = () => resolve(open.result);
    });
    const readable = async (value: unknown): Promise<unknown> => {
      const bytes = (value as { bytes?: unknown }).bytes;
      if (!(bytes instanceof ArrayBuffer)) return value;
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return { ...(value as object), bytes: Array.from(hash).join(' ') };
    };
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    const found: Record<string, Record<string, unknown>> = {};
    for (const name of names) {
      const rows = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
      found[name] = {};
      for (const [index, key] of keys.entries())
        found[name][key as string] = await readable(values[index]);
    }
    database.close();
    return found;
  }, stores);
}
