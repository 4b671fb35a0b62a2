import { HUB_ENDPOINT, viewerOf, type DatasetAccess, type HubAccess } from '../core/hub/endpoint';
import type { SavedHubAccess } from '../storage/hub-access';

/** Where the Hub is and who asks. Workers are told with each call; nothing else ever is. */
export class HubAccessState {
  #saved = $state.raw<SavedHubAccess>({ endpoint: HUB_ENDPOINT, keepsToken: false });

  get saved(): SavedHubAccess {
    return this.#saved;
  }

  get value(): HubAccess {
    const { endpoint, token } = this.#saved;
    return token === undefined ? { endpoint } : { endpoint, token };
  }

  /** For whoever reads datasets: with their viewer. */
  get forDatasets(): DatasetAccess {
    return { ...this.value, viewer: viewerOf(this.#saved.endpoint, this.#saved.viewer) };
  }

  /** @throws AppError */
  async load(): Promise<void> {
    const { savedHubAccess } = await import('../storage/hub-access');
    this.#saved = await savedHubAccess();
  }

  /** Counts from the next request on, also where it can't be kept. @throws AppError */
  async change(access: SavedHubAccess): Promise<void> {
    this.#saved = access;
    const { saveHubAccess } = await import('../storage/hub-access');
    await saveHubAccess(access);
  }
}
