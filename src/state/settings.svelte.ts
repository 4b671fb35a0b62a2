import { toErrorData } from '../core/errors';
import { DEFAULT_SETTINGS, savedSettings, saveSettings, type Settings } from '../storage/settings';

/** The user's choices; every change is written to disk, in order. */
export class SettingsState {
  #value = $state.raw<Settings>(DEFAULT_SETTINGS);
  #writing: Promise<void> = Promise.resolve();
  readonly #onError: (code: ReturnType<typeof toErrorData>) => void;

  constructor(onError: (error: ReturnType<typeof toErrorData>) => void) {
    this.#onError = onError;
  }

  get value(): Settings {
    return this.#value;
  }

  async load(): Promise<void> {
    this.#value = await savedSettings();
  }

  change(part: Partial<Settings>): void {
    this.#value = { ...this.#value, ...part };
    const value = this.#value;
    this.#writing = this.#writing
      .then(() => saveSettings(value))
      .catch((error: unknown) => {
        this.#onError(toErrorData(error));
      });
  }
}
