export interface NoticeAction {
  readonly label: string;
  run(): void;
}

/** A message that belongs to no place on screen. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'info' | 'error';
  readonly action?: NoticeAction;
  /** Stays until it is answered or dismissed. */
  readonly stays: boolean;
}

/** For notices that stay until somebody answers them. */
export const STAYS = Infinity;

/** How long a notice with an undo stays, in ms. */
export const UNDO_MS = 10_000;

/** What the action of a notice is called that takes back what was done. */
export const UNDO = 'Undo';

export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #nextId = 1;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Shows a notice for `stayMs`; `onGone` is called when it leaves without its action. @returns its id */
  show(
    notice: Omit<Notice, 'id' | 'stays'>,
    { stayMs = UNDO_MS, onGone }: { readonly stayMs?: number; readonly onGone?: () => void } = {},
  ): number {
    const id = this.#nextId++;
    const stays = stayMs === STAYS;
    const timer = stays
      ? undefined
      : setTimeout(() => {
          this.dismiss(id);
          onGone?.();
        }, stayMs);
    const { action } = notice;
    const shown: Notice =
      action === undefined
        ? { ...notice, id, stays }
        : {
            ...notice,
            id,
            stays,
            action: {
              label: action.label,
              run: () => {
                clearTimeout(timer);
                this.dismiss(id);
                action.run();
              },
            },
          };
    this.#list = [...this.#list, shown];
    return id;
  }

  /** Undoes what was done last, as far as a notice offers it. @returns whether one did */
  undoLast(): boolean {
    const action = this.#list.findLast((notice) => notice.action?.label === UNDO)?.action;
    action?.run();
    return action !== undefined;
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
