import 'fake-indexeddb/auto';
import { get, set } from 'idb-keyval';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { IDBFactory } from 'fake-indexeddb';
import { image } from '../engine/runner/fake-ports';

type Lists = typeof import('../../../src/storage/image-list');

/** A page of its own: nothing of what another one knows. */
async function page(): Promise<Lists> {
  vi.resetModules();
  return import('../../../src/storage/image-list');
}

async function settingsStore() {
  const { store } = await import('../../../src/storage/db');
  return store('settings');
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const many = (count: number) => Array.from({ length: count }, (_, n) => image(`p${String(n)}`));

describe('the list of images', () => {
  test('is empty on the first visit', async () => {
    expect(await (await page()).savedImageList()).toEqual([]);
  });

  test('keeps its order, however long it is, and shrinks', async () => {
    const items = many(1201);
    const first = await page();
    await first.saveImageList(items);
    expect(await (await page()).savedImageList()).toEqual(items);
    await first.saveImageList(items.slice(1100));
    expect(await (await page()).savedImageList()).toEqual(items.slice(1100));
  });

  test('only what has changed is written', async () => {
    const items = many(1000);
    const lists = await page();
    await lists.saveImageList(items);
    const settings = await settingsStore();
    await set('images/0', ['as it was'], settings);
    await lists.saveImageList([...items, image('new')]);
    expect(await get('images/0', settings)).toEqual(['as it was']);
    expect(await get('images/2', settings)).toHaveLength(1);
  });

  test('two tabs: the list of the one that wrote last, not a mixture', async () => {
    const items = many(700);
    const one = await page();
    await one.saveImageList(items);
    const other = await page();
    await other.savedImageList();
    await one.saveImageList(items.slice(1));
    const ofOther = [...items, image('new')];
    await other.saveImageList(ofOther);
    expect(await (await page()).savedImageList()).toEqual(ofOther);
  });

  test('a list in the form of 0.1 is read, and written in blocks from then on', async () => {
    const lists = await page();
    const settings = await settingsStore();
    await set('images', many(3), settings);
    expect(await lists.savedImageList()).toEqual(many(3));
    await lists.saveImageList(many(4));
    expect(await (await page()).savedImageList()).toEqual(many(4));
  });

  test('a row that can’t be read is left out, the others stay', async () => {
    const lists = await page();
    await lists.saveImageList([image('a'), image('b')]);
    await set('images/0', [{ id: 'no image' }, image('b')], await settingsStore());
    expect(await (await page()).savedImageList()).toEqual([image('b')]);
  });
});
