import { get, set } from 'idb-keyval';
import * as v from 'valibot';
import { HUB_ENDPOINT, parseEndpoint, type HubAccess } from '../core/hub/endpoint';
import { asStorageError, store } from './db';

/**
 * Where the Hub is and who asks. Apart from the settings, which leave the app in project files: a token never does.
 * A token is of this tab, gone with it, unless somebody asked to keep it.
 */
export interface SavedHubAccess extends HubAccess {
  /** The dataset viewer of a mirror, where it has one; the Hub’s own is known. */
  readonly viewer?: string;
  readonly keepsToken: boolean;
}

const rowSchema = v.object({
  endpoint: v.fallback(v.string(), HUB_ENDPOINT),
  viewer: v.fallback(v.string(), ''),
  token: v.exactOptional(v.string()),
});

type Row = v.InferOutput<typeof rowSchema>;

const settings = store('settings');
const KEY = 'hub-access';
const TAB_KEY = 'hub-token';

/** @throws AppError */
export async function savedHubAccess(): Promise<SavedHubAccess> {
  try {
    const parsed = v.safeParse(rowSchema, (await get<unknown>(KEY, settings)) ?? {});
    const row: Row = parsed.success ? parsed.output : { endpoint: HUB_ENDPOINT, viewer: '' };
    const endpoint = parseEndpoint(row.endpoint) ?? HUB_ENDPOINT;
    const keepsToken = row.token !== undefined;
    const token = keepsToken ? row.token : tabToken();
    const viewer = parseEndpoint(row.viewer);
    return {
      endpoint,
      keepsToken,
      ...(viewer === undefined ? {} : { viewer }),
      ...(token === undefined ? {} : { token }),
    };
  } catch (error) {
    throw asStorageError(error);
  }
}

/** @throws AppError */
export async function saveHubAccess({
  endpoint,
  viewer = '',
  token = '',
  keepsToken,
}: SavedHubAccess): Promise<void> {
  const trimmed = token.trim();
  setTabToken(keepsToken ? '' : trimmed);
  const kept = keepsToken && trimmed !== '' ? { token: trimmed } : {};
  const row: Row = { endpoint, viewer, ...kept };
  try {
    await set(KEY, row, settings);
  } catch (error) {
    throw asStorageError(error);
  }
}

function tabToken(): string | undefined {
  try {
    return sessionStorage.getItem(TAB_KEY) ?? undefined;
  } catch {
    return undefined; // storage is blocked
  }
}

/** Also for whoever forgets everything. */
export function setTabToken(token: string): void {
  try {
    if (token === '') sessionStorage.removeItem(TAB_KEY);
    else sessionStorage.setItem(TAB_KEY, token);
  } catch {
    // storage is blocked: nothing can be kept
  }
}
