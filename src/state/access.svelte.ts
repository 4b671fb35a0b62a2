import { handleIdsOf, type ImageItem } from '../core/image';
import type { KeptHandle } from '../storage/handles';

/** A folder or a ZIP that may not be read before its user has said so again. */
export interface Locked {
  readonly handleId: string;
  readonly name: string;
  readonly kind: 'folder' | 'archive';
  /** Pictures that lie in it. */
  readonly count: number;
  /** It was asked for, and refused. */
  readonly isRefused: boolean;
}

/**
 * Folders and ZIPs that pictures are read from where they are. After a reload most browsers have to be asked once more for each:
 * that takes one press, and nothing is lost until then.
 */
export class AccessState {
  #locked = $state.raw<ReadonlyMap<string, KeptHandle>>(new Map());
  #refused = $state.raw<ReadonlySet<string>>(new Set());
  /** Of the set-up and of the run on screen; one that is in both may come twice. */
  readonly #pictures: () => readonly ImageItem[];

  constructor(pictures: () => readonly ImageItem[]) {
    this.#pictures = pictures;
  }

  readonly locked: readonly Locked[] = $derived.by(() => {
    if (this.#locked.size === 0) return [];
    const counts = new Map<string, number>();
    const pictures = new Map(this.#pictures().map(({ sha256, source }) => [sha256, source]));
    for (const source of pictures.values())
      if (source.kind === 'folder' || source.kind === 'archive')
        counts.set(source.handleId, (counts.get(source.handleId) ?? 0) + 1);
    return [...this.#locked].flatMap(([handleId, { name, kind }]) => {
      const count = counts.get(handleId) ?? 0;
      if (count === 0) return [];
      const isRefused = this.#refused.has(handleId);
      return [
        { handleId, name, kind: kind === 'directory' ? 'folder' : 'archive', count, isRefused },
      ];
    });
  });

  /** Looks which of them may be read. Whatever goes wrong in it, their pictures say so themselves when they are read. */
  async look(): Promise<void> {
    const ids = handleIdsOf(this.#pictures());
    if (ids.size === 0 && this.#locked.size === 0) return;
    const { savedHandle } = await import('../storage/handles');
    const locked = new Map<string, KeptHandle>();
    for (const id of ids) {
      const handle = await savedHandle(id).catch(() => undefined);
      const state = await handle?.queryPermission?.({ mode: 'read' }).catch(() => undefined);
      if (handle !== undefined && state !== undefined && state !== 'granted')
        locked.set(id, handle);
    }
    this.#locked = locked;
  }

  isLocked(images: readonly ImageItem[]): boolean {
    if (this.#locked.size === 0) return false;
    return [...handleIdsOf(images)].some((id) => this.#locked.has(id));
  }

  /** Asks for one of them; to be called from a press. */
  async allow(handleId: string): Promise<void> {
    const handle = this.#locked.get(handleId);
    if (handle === undefined) return;
    // Refused as well where the browser will not even ask: the press is too long ago, or the page is in a frame.
    const state = await handle.requestPermission?.({ mode: 'read' }).catch(() => 'denied' as const);
    if (state === 'granted')
      this.#locked = new Map([...this.#locked].filter(([id]) => id !== handleId));
    const refused = new Set(this.#refused);
    if (state === 'granted') refused.delete(handleId);
    else refused.add(handleId);
    this.#refused = refused;
  }

  /** Asks for all that these pictures lie in; to be called from a press. */
  async allowFor(images: readonly ImageItem[]): Promise<void> {
    for (const id of handleIdsOf(images)) await this.allow(id);
  }
}
