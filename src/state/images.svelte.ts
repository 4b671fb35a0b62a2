import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { ErrorData } from '../core/errors';
import { toErrorData } from '../core/errors';
import type { ImageItem } from '../core/image';
import type { InspectedImage } from '../core/protocol';
import { fileCandidate, takeIn, type Candidate } from '../sources/intake';
import { withSidecars } from '../sources/sidecars';
import { fetchSampleImage, fetchSamples, type Sample } from '../sources/samples';
import { forgetImage, savedThumbnail } from '../storage/images';
import { saveImageList, savedImageList } from '../storage/settings';
import type { Notices } from './notices.svelte';

/** A file that did not become an image, and why. */
export interface Refusal {
  readonly id: string;
  readonly name: string;
  readonly error: ErrorData;
}

/** The pictures in the set-up. */
export class ImagesState {
  #items = $state.raw<readonly ImageItem[]>([]);
  #refusals = $state.raw<readonly Refusal[]>([]);
  /** Files still being looked into. */
  #pending = $state(0);
  /** Names of files that were already here, by the id of the image they equal. */
  #duplicates = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map());
  readonly #thumbnails = new SvelteMap<string, string>();
  /** SHA-256 of the pictures whose thumbnails were asked for: one that is not kept is not looked for again and again. */
  readonly #asked = new Set<string>();
  readonly #inspect: (blob: Blob) => Promise<InspectedImage>;
  readonly #notices: Notices;
  /** Whether a run still needs the bytes of an image that is removed from the set-up. */
  readonly #inUse: (sha256: string) => boolean;
  #isSaving = false;
  #isUnsaved = false;
  /** SHA-256 of pictures that were taken out and may come back by undo. */
  readonly #leaving = new Set<string>();

  constructor(
    inspect: (blob: Blob) => Promise<InspectedImage>,
    notices: Notices,
    inUse: (sha256: string) => boolean,
  ) {
    this.#inspect = inspect;
    this.#notices = notices;
    this.#inUse = inUse;
  }

  get items(): readonly ImageItem[] {
    return this.#items;
  }
  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }
  get pending(): number {
    return this.#pending;
  }

  /** SHA-256 of the pictures whose bytes the set-up needs; null while it isn't known, because files come in. */
  get neededHashes(): readonly string[] | null {
    if (this.#pending > 0) return null;
    return [...this.#items.map(({ sha256 }) => sha256), ...this.#leaving];
  }

  /** Other names under which the same picture was added. */
  duplicatesOf(id: string): readonly string[] {
    return this.#duplicates.get(id) ?? [];
  }

  /** Object URL of a thumbnail, or undefined while it loads: it is read when it is first to be shown. */
  thumbnail(sha256: string): string | undefined {
    const url = this.#thumbnails.get(sha256);
    if (url === undefined && !this.#asked.has(sha256)) void this.showThumbnail(sha256);
    return url;
  }

  async load(): Promise<void> {
    this.#items = await savedImageList();
    this.#asked.clear();
  }

  /** Adds files one after the other; a bad one is refused in its own row and the others go on. */
  async addFiles(files: readonly File[]): Promise<void> {
    await this.#add(withSidecars(files).map(fileCandidate));
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
    await this.#add(await Promise.all(missing.map(toCandidate)));
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
        : `${String(removed.length)} pictures removed`;
    const undo = () => {
      this.#stay(removed);
      this.#set([...this.#items, ...removed].sort((a, b) => before.indexOf(a) - before.indexOf(b)));
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
      this.#set([...here, ...taken].sort((a, b) => before.indexOf(a) - before.indexOf(b)));
    };
  }

  /** Shows other pictures instead; those that no run has can be brought back. */
  replaceWith(items: readonly ImageItem[]): void {
    const shown = new Set(items.map(({ sha256 }) => sha256));
    const lost = this.#items.filter(({ sha256 }) => !shown.has(sha256) && !this.#inUse(sha256));
    this.#set(items);
    this.#asked.clear();
    if (lost.length === 0) return;
    const text = `${lost.length === 1 ? '1 picture' : `${String(lost.length)} pictures`} of no run put away`;
    const undo = () => {
      this.#stay(lost);
      this.#set([...this.#items, ...lost]);
    };
    this.#leave(lost);
    this.#notices.show(
      { text, tone: 'info', action: { label: 'Bring back', run: undo } },
      { onGone: () => void this.#forget(lost) },
    );
  }

  /** A picture that was taken out does not come back. */
  letGo(sha256: string): void {
    this.#leaving.delete(sha256);
  }

  dismissRefusal(id: string): void {
    this.#refusals = this.#refusals.filter((refusal) => refusal.id !== id);
  }

  dismissRefusals(): void {
    this.#refusals = [];
  }

  /** Reads a thumbnail, so that it is there when its picture is shown. */
  async showThumbnail(sha256: string): Promise<void> {
    this.#asked.add(sha256);
    if (untrack(() => this.#thumbnails.has(sha256))) return;
    const blob = await savedThumbnail(sha256).catch(() => undefined);
    if (blob === undefined || this.#thumbnails.has(sha256)) return;
    this.#thumbnails.set(sha256, URL.createObjectURL(blob));
  }

  async #add(candidates: readonly Candidate[]): Promise<void> {
    this.#pending += candidates.length;
    for (const candidate of candidates) {
      try {
        await this.#addOne(candidate);
      } finally {
        this.#pending -= 1;
      }
    }
  }

  async #addOne(candidate: Candidate): Promise<void> {
    this.dismissRefusal(candidate.id);
    const result = await takeIn(candidate, this.#inspect);
    if (result.kind === 'refused') {
      this.#refusals = [...this.#refusals, result];
      return;
    }
    const { image } = result;
    const same = this.#items.find(({ sha256 }) => sha256 === image.sha256);
    if (same !== undefined) {
      if (image.source.kind !== 'sample') this.#noteDuplicate(same.id, image.name);
      this.#noteSidecar(same, image);
      return;
    }
    await this.showThumbnail(image.sha256);
    this.#set([...this.#items, image]);
  }

  #noteDuplicate(id: string, name: string): void {
    this.#duplicates = new Map(this.#duplicates).set(id, [...this.duplicatesOf(id), name]);
  }

  /** A picture that is here already may have got a text file beside it since. */
  #noteSidecar(here: ImageItem, { sidecar, reference }: ImageItem): void {
    if (sidecar === undefined || reference === undefined) return;
    const described = { ...here, sidecar, reference };
    this.#set(this.#items.map((item) => (item === here ? described : item)));
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
    for (const { sha256 } of items) this.#leaving.add(sha256);
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
  }
}

async function toCandidate(sample: Sample): Promise<Candidate> {
  return {
    id: `sample:${sample.file}`,
    name: sample.name,
    blob: await fetchSampleImage(sample.file),
    source: { kind: 'sample', file: sample.file },
    reference: sample.caption,
  };
}
