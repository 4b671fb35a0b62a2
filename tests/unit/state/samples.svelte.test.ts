import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { ImagesState } from '../../../src/state/images.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { image } from '../engine/runner/fake-ports';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('samples that are here already are neither fetched nor called duplicates', async () => {
  const fetched: string[] = [];
  const sample = (name: string) => ({
    file: `${name}.jpg`,
    name,
    caption: '',
    source: '',
    licence: '',
  });
  vi.stubGlobal('fetch', (url: string) => {
    fetched.push(url.split('/').at(-1) ?? '');
    const isList = url.endsWith('samples.json');
    const body = isList ? JSON.stringify([sample('a'), sample('b')]) : url;
    return Promise.resolve(new Response(body));
  });
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:' }));
  const inspect = async (blob: Blob) => {
    const { format, bytes, widthPx, heightPx } = image('a');
    const facts = { sha256: await blob.text(), format, bytes, widthPx, heightPx };
    return { ...facts, thumbnail: new Blob(['1']) };
  };
  const images = new ImagesState(inspect, new Notices(), () => false);
  await images.addSamples('all');
  images.remove(new Set(['sample:b.jpg']));
  fetched.length = 0;
  expect(await images.addSamples('all')).toBe(1);
  expect(images.items.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(images.duplicates).toEqual([]);
  expect(fetched).toEqual(['samples.json', 'b.jpg']);
  expect(await images.addSamples('all')).toBe(0);
});
