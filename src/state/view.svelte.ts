/** Where a phone shows one region at a time. */
export type PhoneTab = 'setup' | 'pictures' | 'result';

/** `auto` folds the set-up column away while a run goes on or a picture is open. */
export type SetupFold = 'auto' | 'open' | 'closed';

/** What is open on screen; nothing of it is kept over a reload. */
export class ViewState {
  /** Id of the image in the detail, or null: the gallery. */
  imageId = $state<string | null>(null);
  phoneTab = $state<PhoneTab>('pictures');
  setup = $state<SetupFold>('auto');
  /** What stands where the pictures are. */
  #screen = $state<'models' | 'datasets' | null>(null);
  /** The address with which the datasets were opened: to be looked up at once. */
  datasetAddress = $state('');

  /** Words for the caption of a picture that were dropped, and are to be gone on with. */
  captionDraft = $state.raw<{ readonly imageId: string; readonly text: string } | null>(null);

  /** The full-size models stand where the pictures are. */
  get showsModels(): boolean {
    return this.#screen === 'models';
  }

  /** So do the datasets of the Hub. */
  get showsDatasets(): boolean {
    return this.#screen === 'datasets';
  }

  openModels(): void {
    this.closeImage();
    this.#screen = 'models';
  }

  /** @param address of a dataset that somebody has pasted */
  openDatasets(address = ''): void {
    this.closeImage();
    this.datasetAddress = address;
    // A drawer would lie over it.
    this.setup = 'auto';
    this.#screen = 'datasets';
  }

  closeDatasets(): void {
    if (this.showsDatasets) this.#screen = null;
  }

  closeModels(): void {
    if (this.showsModels) this.#screen = null;
  }

  openImage(id: string): void {
    this.#screen = null;
    this.imageId = id;
    this.phoneTab = 'result';
  }

  closeImage(): void {
    this.imageId = null;
    this.phoneTab = 'pictures';
  }

  openSetup(): void {
    this.setup = 'open';
    this.phoneTab = 'setup';
  }

  /** Folds the set-up away: a run was started, or the user wants the room. */
  closeSetup(): void {
    this.setup = 'closed';
    if (this.phoneTab === 'setup') this.phoneTab = 'pictures';
  }
}
