import { withoutText, withReplacedText, type Edit } from '../core/edit';
import { toErrorData } from '../core/errors';
import type { ImageItem } from '../core/image';
import { NO_REPLACEMENT, replacerOf, type Replaced, type Replacement } from '../core/replace';
import { UNDO, type Notices } from './notices.svelte';
import type { RunBoard } from './run-board.svelte';
import { inSlices } from './slices';

/** A caption that would change. */
export interface FoundCaption extends Replaced {
  readonly image: ImageItem;
}

/** Captions that are written together; each wakes what shows it. */
const AT_ONCE = 50;
/** How long the keys have to rest before anything is looked for, in ms. */
const QUIET_MS = 120;

/** Finds and replaces in many captions: what would change is seen first, and can be taken back as a whole. */
export class CaptionReplace {
  readonly #board: RunBoard;
  readonly #images: () => readonly ImageItem[];
  readonly #notices: Notices;
  #wish = $state.raw<Replacement>(NO_REPLACEMENT);
  #found = $state.raw<readonly FoundCaption[]>([]);
  #isLooking = $state(false);
  #written = $state.raw<{ readonly done: number; readonly all: number } | null>(null);
  /** Ids of pictures whose caption is to stay. */
  #left = $state.raw<ReadonlySet<string>>(new Set());
  #changed = $state.raw<{ readonly count: number; readonly undo: () => void } | null>(null);
  #search = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param images those whose captions are meant */
  constructor(board: RunBoard, images: () => readonly ImageItem[], notices: Notices) {
    this.#board = board;
    this.#images = images;
    this.#notices = notices;
  }

  get wish(): Replacement {
    return this.#wish;
  }
  /** What would change, in the order of the pictures; grows while it is looked for. */
  get found(): readonly FoundCaption[] {
    return this.#found;
  }
  get isLooking(): boolean {
    return this.#isLooking;
  }
  /** How far the writing is; null while nothing is written. */
  get written(): { readonly done: number; readonly all: number } | null {
    return this.#written;
  }

  /** What was written last, until something else is looked for; null where nothing was, or it was taken back. */
  get changed(): { readonly count: number; readonly undo: () => void } | null {
    return this.#changed;
  }

  readonly chosen: readonly FoundCaption[] = $derived.by(() =>
    this.#left.size === 0
      ? this.#found
      : this.#found.filter(({ image }) => !this.#left.has(image.id)),
  );

  /** Number of places in the captions that would change. */
  readonly places: number = $derived.by(() =>
    this.#found.reduce((sum, { count }) => sum + count, 0),
  );

  isLeft(imageId: string): boolean {
    return this.#left.has(imageId);
  }

  /** Leaves a caption as it is, or not. */
  toggle(imageId: string): void {
    const left = new Set(this.#left);
    if (!left.delete(imageId)) left.add(imageId);
    this.#left = left;
  }

  change(part: Partial<Replacement>): void {
    this.#wish = { ...this.#wish, ...part };
    this.#left = new Set();
    this.#changed = null;
    this.stop();
    this.#isLooking = replacerOf(this.#wish) !== undefined;
    this.#timer = setTimeout(() => void this.look(), QUIET_MS);
  }

  /** Ends the search. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#search.abort();
  }

  /** Looks through the captions. */
  async look(): Promise<void> {
    this.stop();
    const { signal } = (this.#search = new AbortController());
    const replace = replacerOf(this.#wish);
    this.#isLooking = replace !== undefined;
    if (replace === undefined) {
      this.#found = [];
      return;
    }
    const found: FoundCaption[] = [];
    const each = (image: ImageItem): void => {
      const caption = this.#board.caption(image.id);
      const replaced = caption === undefined ? undefined : replace(caption);
      if (replaced !== undefined) found.push({ ...replaced, image });
    };
    // What was found before stands until there is more: the list does not flash empty at every key.
    const isWhole = await inSlices(this.#images(), each, signal);
    if (!isWhole) return;
    this.#found = found;
    this.#isLooking = false;
  }

  /** Writes what was chosen; the captions of before are one click away. */
  async apply(): Promise<void> {
    const chosen = this.chosen;
    if (chosen.length === 0 || this.#written !== null) return;
    this.stop();
    const at = Date.now();
    const wasAccepted = new Map(
      chosen.map(({ image }) => [image.id, this.#board.isAccepted(image.id)]),
    );
    const texts = new Map(chosen.map(({ image, text }) => [image.id, text]));
    const done = await this.#change(
      [...texts.keys()],
      (id) => (edit) =>
        withReplacedText(edit, texts.get(id) ?? '', at, wasAccepted.get(id) ?? false),
    );
    if (done.length > 0) {
      const text = `Changed ${done.length.toLocaleString('en-GB')} ${done.length === 1 ? 'caption' : 'captions'}.`;
      const takeBack = async () => {
        this.#changed = null;
        await this.#change(
          done,
          (id) => (edit) => withoutText(edit, at, wasAccepted.get(id) ?? false),
        );
        await this.look();
      };
      const action = { label: UNDO, run: () => void takeBack() };
      const notice = this.#notices.show({ text, tone: 'info', action });
      const undo = () => {
        this.#notices.dismiss(notice);
        action.run();
      };
      this.#changed = { count: done.length, undo };
    }
    await this.look();
  }

  /** @returns ids of what is written; all, unless there is no room */
  async #change(
    ids: readonly string[],
    changeOf: (id: string) => (edit: Edit) => Edit,
  ): Promise<readonly string[]> {
    const done: string[] = [];
    try {
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        this.#written = { done: at, all: ids.length };
        const part = ids.slice(at, at + AT_ONCE);
        await this.#board.changeEdits(new Map(part.map((id) => [id, changeOf(id)])));
        done.push(...part);
        await new Promise((resolve) => setTimeout(resolve));
      }
    } catch (error) {
      const text = `Not all could be kept (${toErrorData(error).code}). Free some space and try again.`;
      this.#notices.show({ text, tone: 'error' });
    } finally {
      this.#written = null;
    }
    return done;
  }
}
