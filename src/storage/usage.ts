import { get, getMany, keys } from 'idb-keyval';
import { asStorageError, store } from './db';
import { partsOfKey } from './journal';
import { BATCH, eachRow, rowBytes } from './records';
import { storedModels } from './stored-models';
import type { KeysByStore } from './sweep';

/** So many of a kind, and their bytes. */
export interface Amount {
  readonly count: number;
  readonly bytes: number;
}

/** What one kind of thing takes; bytes are those of what was stored, without the browser's own overhead. */
export interface Usage {
  readonly pictures: Amount;
  readonly thumbnails: Amount;
  readonly descriptions: Amount;
  readonly verdicts: Amount;
  /** Answers of models about claims. */
  readonly checks: Amount;
  readonly edits: Amount;
  readonly runs: Amount;
  readonly settings: Amount;
  /** By the model's id; `count` is the number of files. */
  readonly weights: ReadonlyMap<string, Amount>;
  /** What the service worker keeps: the app itself. */
  readonly shell: Amount;
}

/** Bytes by what can be forgotten apart: `found` is the pictures and all that was found in them. */
export interface UsageParts {
  readonly found: number;
  readonly weights: number;
  readonly shell: number;
  readonly settings: number;
}

export function partsOf(usage: Usage): UsageParts {
  const sum = (amounts: Iterable<Amount>) =>
    [...amounts].reduce((bytes, amount) => bytes + amount.bytes, 0);
  const { pictures, thumbnails, descriptions, verdicts, checks, edits, runs } = usage;
  return {
    found: sum([pictures, thumbnails, descriptions, verdicts, checks, edits, runs]),
    weights: sum(usage.weights.values()),
    shell: usage.shell.bytes,
    settings: usage.settings.bytes,
  };
}

/** Bytes of the pictures that somebody knows, by SHA-256: reading gigabytes to learn their length takes its time. */
export type KnownBytes = ReadonlyMap<string, number>;

type Kind = 'descriptions' | 'verdicts' | 'checks';
const KINDS: Readonly<Record<string, Kind>> = {
  cell: 'descriptions',
  verdict: 'verdicts',
  check: 'checks',
};

class Sum implements Amount {
  count = 0;
  bytes = 0;

  add(bytes: number): void {
    this.count += 1;
    this.bytes += bytes;
  }
}

/** Measures everything that is kept. @throws AppError */
export async function measureUsage(known: KnownBytes): Promise<Usage> {
  const journal = { descriptions: new Sum(), verdicts: new Sum(), checks: new Sum() };
  await eachRow('journal', (key, value) => {
    const kind = KINDS[partsOfKey(key).kind];
    if (kind !== undefined) journal[kind].add(rowBytes(key, value));
  });
  await eachRow('packs', (key, value) => {
    const kind = KINDS[partsOfKey(key).kind];
    if (kind !== undefined) journal[kind].bytes += rowBytes(key, value);
  });
  return {
    ...journal,
    pictures: await pictureBytes(await keys<string>(store('images')), known),
    thumbnails: await measured('thumbnails'),
    edits: await measured('edits'),
    runs: await measured('runs'),
    settings: await measured('settings'),
    weights: await weightsUsage(),
    shell: await shellUsage(),
  };
}

async function measured(name: 'thumbnails' | 'edits' | 'runs' | 'settings'): Promise<Amount> {
  const sum = new Sum();
  await eachRow(name, (key, value) => sum.add(rowBytes(key, value)));
  return sum;
}

async function pictureBytes(hashes: readonly string[], known: KnownBytes): Promise<Amount> {
  const images = store('images');
  const sum = new Sum();
  for (const sha256 of hashes)
    sum.add(known.get(sha256) ?? rowBytes('', await get<unknown>(sha256, images)));
  return sum;
}

/** `count` is of the files that are whole; `bytes` also of what is still on its way. */
async function weightsUsage(): Promise<ReadonlyMap<string, Amount>> {
  const amounts = new Map<string, Amount>();
  for (const { modelId, files, fileBytes, partBytes } of await storedModels()) {
    const before = amounts.get(modelId) ?? { count: 0, bytes: 0 };
    amounts.set(modelId, {
      count: before.count + files.size,
      bytes: before.bytes + fileBytes + partBytes,
    });
  }
  return amounts;
}

async function shellUsage(): Promise<Amount> {
  const sum = new Sum();
  if (!('caches' in globalThis)) return sum;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      if (response !== undefined) sum.add((await response.blob()).size);
    }
  }
  return sum;
}

/** What goes with something that is forgotten. */
export interface Freed {
  readonly pictures: number;
  readonly descriptions: number;
  readonly verdicts: number;
  readonly edits: number;
  readonly bytes: number;
}

/** Counts and measures these rows. @throws AppError */
export async function measureRows(rows: KeysByStore, known: KnownBytes): Promise<Freed> {
  const count = { descriptions: 0, verdicts: 0, checks: 0 };
  for (const key of rows.journal) {
    const kind = KINDS[partsOfKey(key).kind];
    if (kind !== undefined) count[kind] += 1;
  }
  try {
    const pictures = await pictureBytes(rows.images, known);
    let { bytes } = pictures;
    for (const name of ['journal', 'edits', 'thumbnails'] as const) {
      for (let at = 0; at < rows[name].length; at += BATCH) {
        const some = rows[name].slice(at, at + BATCH);
        const values = await getMany<unknown>(some, store(name));
        some.forEach((key, index) => (bytes += rowBytes(key, values[index])));
      }
    }
    const { descriptions, verdicts } = count;
    const { edits, thumbnails } = rows;
    // A sample has no copy of its own, only a thumbnail.
    return { pictures: thumbnails.length, descriptions, verdicts, edits: edits.length, bytes };
  } catch (error) {
    throw asStorageError(error);
  }
}
