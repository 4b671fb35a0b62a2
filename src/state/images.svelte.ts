import { handleIdsOf, type ImageItem } from '../core/image';
import { toErrorData } from '../core/errors';
import type { Candidate } from '../sources/intake';
import { fetchSampleImage, fetchSamples, type Sample } from '../sources/samples';
import { forgetImage } from '../storage/images';
import { saveImageList, savedImageList } from '../storage/image-list';
import { AddingState, type Inspect } from './adding.svelte';
import type { Notices } from './notices.svelte';
import { Thumbnails } from './thumbnails.svelte';

/** A picture that was added again, under these names. */
export interface Duplicate {
  readonly id: string;
  readonly name: string;
  readonly others: readonly string[];
}

/** The pictures in the set-up. */
export class ImagesState {
  readonly adding: AddingState;
  readonly thumbnails = new Thumbnails();
  #items = $state.raw<readonly ImageItem[]>([]);
  #duplicates = $state.raw<ReadonlyMap<string, Duplicate>>(new Map());
  readonly #notices: Notices;
  /** Whether a run still needs the bytes of an image that is removed from the set-up. */
  readonly #inUse: (sha256: string) => boolean;
  #isSaving = false;
  #isUnsaved = false;
  /** Pictures that were taken out and may come back by undo, by SHA-256. */
  readonly #leaving = new Map<string, ImageItem>();

  constructor(inspect: Inspect, notices: Notices, inUse: (sha256: string) => boolean) {
    this.adding = new AddingState(
      inspect,
      (images) => this.#take(images),
      () => this.#items.length,
    );
    this.#notices = notices;
    this.#inUse = inUse;
  }

  get items(): readonly ImageItem[] {
    return this.#items;
  }

  /** The pictures whose bytes the set-up needs, also those that may come back; null while it isn't known, because files come in. */
  get needed(): readonly ImageItem[] | null {
    if (this.adding.progress !== null) return null;
    return [...this.#items, ...this.#leaving.values()];
  }

  /** SHA-256 of the needed pictures. */
  get neededHashes(): readonly string[] | null {
    return this.needed?.map(({ sha256 }) => sha256) ?? null;
  }

  /** Pictures that were added again. */
  get duplicates(): readonly Duplicate[] {
    return [...this.#duplicates.values()];
  }

  async load(): Promise<void> {
    this.#items = await savedImageList();
    this.thumbnails.lookAgain();
  }

  /**
   * Adds the samples that are not here, or only those of the first visit.
   * @returns how many were not here
   * @throws AppError `network`
   */
  async addSamples(which: 'initial' | 'all'): Promise<number> {
    const samples = (await fetchSamples()).filter(({ initial }) => which === 'all' || initial);
    const here = new Set(
      this.#items.flatMap(({ source }) => (source.kind === 'sample' ? [source.file] : [])),
    );
    const missing = samples.filter(({ file }) => !here.has(file));
    await this.adding.add(await Promise.all(missing.map(toCandidate)));
    return missing.length;
  }

  /** Removes images at once; a notice offers to undo it. Bytes go when the offer has passed. */
  remove(ids: ReadonlySet<string>): void {
    const before = this.#items;
    const removed = before.filter(({ id }) => ids.has(id));
    if (removed.length === 0) return;
    this.#set(before.filter(({ id }) => !ids.has(id)));
    const text =
      removed.length === 1
        ? `${removed[0]?.name ?? ''} removed`
        : `${removed.length.toLocaleString('en-GB')} pictures removed`;
    const undo = () => {
      this.#stay(removed);
      this.#set(inPlacesOf(before, [...this.#items, ...removed]));
    };
    this.#leave(removed);
    this.#notices.show(
      { text, tone: 'info', action: { label: 'Undo', run: undo } },
      { onGone: () => void this.#forget(removed) },
    );
  }

  /** Takes out a picture that is forgotten; the function that is returned puts it back in its place. */
  takeOut(sha256: string): () => void {
    const before = this.#items;
    const taken = before.filter((item) => item.sha256 === sha256);
    if (taken.length === 0) return () => undefined;
    this.#leave(taken);
    this.#set(before.filter((item) => item.sha256 !== sha256));
    return () => {
      this.#stay(taken);
      const here = this.#items.filter((item) => item.sha256 !== sha256);
      this.#set(inPlacesOf(before, [...here, ...taken]));
    };
  }

  /** Shows other pictures instead; those that no run has can be brought back. */
  replaceWith(items: readonly ImageItem[]): void {
    const shown = new Set(items.map(({ sha256 }) => sha256));
    const lost = this.#items.filter(({ sha256 }) => !shown.has(sha256) && !this.#inUse(sha256));
    this.#set(items);
    this.thumbnails.lookAgain();
    if (lost.length === 0) return;
    const text = `${lost.length === 1 ? '1 picture' : `${lost.length.toLocaleString('en-GB')} pictures`} of no run put away`;
    const undo = () => {
      this.#stay(lost);
      this.#set([...this.#items, ...lost]);
    };
    this.#leave(lost);
    this.#notices.show(
      { text, tone: 'info', action: { label: 'Undo', run: undo } },
      { onGone: () => void this.#forget(lost) },
    );
  }

  /** A picture that was taken out does not come back. */
  letGo(sha256: string): void {
    this.#leaving.delete(sha256);
  }

  #take(images: readonly ImageItem[]): void {
    const here = new Map(this.#items.map((item) => [item.sha256, item]));
    const ids = new Set(this.#items.map(({ id }) => id));
    const duplicates = new Map(this.#duplicates);
    for (const image of images) {
      const same = here.get(image.sha256);
      if (same !== undefined && image.source.kind !== 'sample') {
        const { id, name } = same;
        const others = new Set([...(duplicates.get(id)?.others ?? []), image.name]);
        duplicates.set(id, { id, name, others: [...others] });
      }
      // A map keeps the place of what it has.
      here.set(image.sha256, same === undefined ? withFreeId(image, ids) : asNowKnown(same, image));
      ids.add(image.id);
    }
    this.#duplicates = duplicates;
    this.#set([...here.values()]);
  }

  #set(items: readonly ImageItem[]): void {
    this.#items = items;
    this.#isUnsaved = true;
    if (!this.#isSaving) void this.#save();
  }

  /** Writes the list until the newest is written: while thousands come in, not each of their lists is. */
  async #save(): Promise<void> {
    this.#isSaving = true;
    try {
      while (this.#isUnsaved) {
        this.#isUnsaved = false;
        await saveImageList(this.#items);
      }
    } catch (error) {
      this.#notices.show({
        text: `The list of pictures could not be saved (${toErrorData(error).code}).`,
        tone: 'error',
      });
    } finally {
      this.#isSaving = false;
    }
  }

  #leave(items: readonly ImageItem[]): void {
    for (const item of items) this.#leaving.set(item.sha256, item);
  }

  #stay(items: readonly ImageItem[]): void {
    for (const { sha256 } of items) this.#leaving.delete(sha256);
  }

  async #forget(removed: readonly ImageItem[]): Promise<void> {
    this.#stay(removed);
    const kept = new Set(this.#items.map(({ sha256 }) => sha256));
    for (const { sha256 } of removed) {
      if (!kept.has(sha256) && !this.#inUse(sha256)) await forgetImage(sha256);
    }
    if (handleIdsOf(removed).size === 0) return;
    const { sweepHandles } = await import('../storage/sweep');
    await sweepHandles(this.needed);
  }
}

/** In the order they had; those that were not there stay where they are, after them. */
function inPlacesOf(before: readonly ImageItem[], items: readonly ImageItem[]): ImageItem[] {
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const placeOf = ({ id }: ImageItem) => places.get(id) ?? Infinity;
  return [...items].sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
}

/** Two files can have one name, size and time, and still not be the same. */
function withFreeId(image: ImageItem, taken: ReadonlySet<string>): ImageItem {
  return taken.has(image.id) ? { ...image, id: `${image.id}#${image.sha256.slice(0, 8)}` } : image;
}

/** A picture that is here already may have got a text file beside it since, or have been moved. */
function asNowKnown(here: ImageItem, again: ImageItem): ImageItem {
  const { sidecar, reference, source } = again;
  const isLost = here.source.kind === 'folder' || here.source.kind === 'archive';
  if (sidecar === undefined && !isLost) return here;
  return {
    ...here,
    ...(isLost ? { source } : {}),
    ...(sidecar === undefined || reference === undefined ? {} : { sidecar, reference }),
  };
}

async function toCandidate(sample: Sample): Promise<Candidate> {
  const blob = await fetchSampleImage(sample.file);
  return {
    id: `sample:${sample.file}`,
    name: sample.name,
    open: () => Promise.resolve(blob),
    source: { kind: 'sample', file: sample.file },
    reference: sample.caption,
  };
}
