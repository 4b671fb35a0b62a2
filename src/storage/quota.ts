export interface StorageReport {
  /** Bytes used by this origin; the browser rounds and pads it. */
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly persisted: boolean;
}

/**
 * Asks the browser to keep our data when disk space gets short. Call it from a user's action: Firefox
 * shows a prompt, Chromium and Safari decide silently. False where it can't be asked.
 */
export async function askPersistence(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}

/** A hint, not a promise: Chromium reports at most usage + 10 GiB. Null where storage is blocked. */
export async function storageReport(): Promise<StorageReport | null> {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    return { usedBytes: usage, quotaBytes: quota, persisted: await navigator.storage.persisted() };
  } catch {
    return null;
  }
}
