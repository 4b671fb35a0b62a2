import { beforeEach, describe, expect, test } from 'vitest';
import { freshStorage } from '../../storage/fresh';

const MODEL = { modelId: 'embedded/mini', revision: 'r1' };
let cache: ReturnType<typeof import('../../../../workers/engine/store-cache').storeCache>;

beforeEach(async () => {
  freshStorage();
  const { saveChunk, saveFileRecord } = await import('../../../../src/storage/weights');
  const { storeCache } = await import('../../../../workers/engine/store-cache');
  for (const path of ['config.json', 'onnx/model.onnx']) {
    await saveChunk(MODEL.modelId, MODEL.revision, path, 0, new TextEncoder().encode(path));
    await saveFileRecord(MODEL.modelId, MODEL.revision, {
      path,
      bytes: path.length,
      sha256: 'hash',
    });
  }
  cache = storeCache(MODEL);
});

describe('storeCache', () => {
  test.each([
    ['a local path', '/models/embedded/mini/config.json', 'config.json'],
    ['a path of its own', 'embedded/mini/config.json', 'config.json'],
    ['a file in a folder', '/models/embedded/mini/onnx/model.onnx', 'onnx/model.onnx'],
    [
      'a URL with the revision',
      'https://hub.test/embedded/mini/resolve/r1/onnx/model.onnx',
      'onnx/model.onnx',
    ],
    [
      'a URL with main instead of the revision',
      'https://hub.test/embedded/mini/resolve/main/config.json',
      'config.json',
    ],
  ])('finds %s', async (_, key, path) => {
    const response = await cache.match(key);
    expect(response!.headers.get('content-length')).toBe(String(path.length));
    expect(await response!.text()).toBe(path);
  });

  test.each([
    ['another model', '/models/embedded/other/config.json'],
    ['a model whose name begins the same', '/models/embedded/mini-judge/config.json'],
    ['a file that is not stored', '/models/embedded/mini/tokenizer.json'],
    ['a name that goes on with a file’s', '/models/embedded/mini-config.json'],
    ['an empty key', ''],
  ])('has nothing for %s', async (_, key) => {
    expect(await cache.match(key)).toBeUndefined();
  });

  test('stores nothing that the library brings', async () => {
    await cache.put();
    expect(await cache.match('/models/embedded/mini/tokenizer.json')).toBeUndefined();
  });

  test('a model that is held in memory is looked for nowhere else', async () => {
    const { storeCache } = await import('../../../../workers/engine/store-cache');
    const blob = new Blob(['held']);
    const held = storeCache({ ...MODEL, held: [{ path: 'config.json', blob }] });
    expect(await (await held.match('embedded/mini/config.json'))!.text()).toBe('held');
    expect(await held.match('embedded/mini/onnx/model.onnx')).toBeUndefined();
  });
});
