import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { vi } from 'vitest';

/** An empty disk and modules that have opened nothing yet. */
export function freshStorage(): void {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
}

/** Writes past the app's own functions, as an older version or a bug might have. */
export async function putRaw(store: string, key: string, value: unknown): Promise<void> {
  const database = await opened();
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite');
    transaction.objectStore(store).put(value, key);
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(new Error(`can't write to ${store}`));
  });
  database.close();
}

export async function deleteRaw(store: string, key: string): Promise<void> {
  const database = await opened();
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite');
    transaction.objectStore(store).delete(key);
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(new Error(`can't delete from ${store}`));
  });
  database.close();
}

export async function rawKeys(store: string): Promise<string[]> {
  const database = await opened();
  const keys = await new Promise<string[]>((resolve, reject) => {
    const request = database.transaction(store).objectStore(store).getAllKeys();
    request.onsuccess = () => resolve(request.result.map(String));
    request.onerror = () => reject(new Error(`can't read ${store}`));
  });
  database.close();
  return keys;
}

export function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('vlm-image-analysis');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error("can't open the database"));
  });
}
