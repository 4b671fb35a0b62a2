import type { SettingsState } from './settings.svelte';

/** A notification of the system for those who left the tab before a run ended; asked for by nobody but them. */
export class EndNotice {
  readonly #settings: SettingsState;

  constructor(settings: SettingsState) {
    this.#settings = settings;
  }

  /** Whether this browser has notifications for pages. */
  static get isPossible(): boolean {
    return 'Notification' in globalThis;
  }

  get isWanted(): boolean {
    return (
      this.#settings.value.tellsEnd && EndNotice.isPossible && Notification.permission === 'granted'
    );
  }

  /**
   * Asks the browser for permission where it is wanted; to be called from a press.
   * @returns whether it is as it was wanted
   */
  async want(tellsEnd: boolean): Promise<boolean> {
    const may = !tellsEnd || (await Notification.requestPermission()) === 'granted';
    this.#settings.change({ tellsEnd: tellsEnd && may });
    return may;
  }

  /** Only where nobody looks. */
  async tell(title: string, body: string): Promise<void> {
    if (!this.isWanted || !document.hidden) return;
    const options = { body, tag: 'run-end', icon: './icon.svg' };
    // Android has them from service workers alone.
    const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
    if (registration === undefined) new Notification(title, options);
    else await registration.showNotification(title, options);
  }
}
