import { beforeEach, describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../../../src/storage/chunks';
import { deleteRaw, freshStorage, putRaw, rawKeys } from './fresh';

let weights: typeof import('../../../src/storage/weights');

beforeEach(async () => {
  freshStorage();
  weights = await import('../../../src/storage/weights');
});

const MODEL = 'org/model';
const file = (path: string, bytes: number, sha256 = 'hash') => ({ path, bytes, sha256 });

async function save(path: string, chunks: readonly Uint8Array[], revision = 'r1', bytes?: number) {
  for (const [index, chunk] of chunks.entries()) {
    await weights.saveChunk(MODEL, revision, path, index, chunk);
  }
  const size = bytes ?? chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  await weights.saveFileRecord(MODEL, revision, file(path, size));
}

async function read(path: string, revision = 'r1'): Promise<Uint8Array | undefined> {
  const saved = await weights.savedFile(MODEL, revision, path);
  return saved === undefined ? undefined : new Response(saved.stream).bytes();
}

describe('the weight store', () => {
  test('has no file before its record is written, though all chunks are there', async () => {
    await weights.saveChunk(MODEL, 'r1', 'a.onnx', 0, new Uint8Array([1, 2, 3]));
    expect(await weights.hasFile(MODEL, 'r1', file('a.onnx', 3))).toBe(false);
    expect(await weights.savedFile(MODEL, 'r1', 'a.onnx')).toBeUndefined();
  });

  test('gives back what was saved, with its size', async () => {
    await save('a.onnx', [new Uint8Array([1, 2, 3])]);
    expect(await weights.hasFile(MODEL, 'r1', file('a.onnx', 3))).toBe(true);
    expect((await weights.savedFile(MODEL, 'r1', 'a.onnx'))!.bytes).toBe(3);
    expect(await read('a.onnx')).toEqual(new Uint8Array([1, 2, 3]));
  });

  test.each([
    ['hash', file('a.onnx', 3, 'other'), 'r1'],
    ['size', file('a.onnx', 4), 'r1'],
    ['path', file('b.onnx', 3), 'r1'],
    ['revision', file('a.onnx', 3), 'r2'],
  ])('does not take a file for one with another %s', async (_, wanted, revision) => {
    await save('a.onnx', [new Uint8Array([1, 2, 3])]);
    expect(await weights.hasFile(MODEL, revision, wanted)).toBe(false);
  });

  test('joins several chunks in their order', async () => {
    const first = new Uint8Array(CHUNK_BYTES).fill(1);
    await save('big.onnx', [first, first, new Uint8Array([7, 8])]);
    const bytes = await read('big.onnx');
    expect(bytes!.length).toBe(2 * CHUNK_BYTES + 2);
    expect([bytes![0], bytes!.at(-3), bytes!.at(-2), bytes!.at(-1)]).toEqual([1, 1, 7, 8]);
  });

  test('an empty file is a file', async () => {
    await save('empty.txt', []);
    expect(await read('empty.txt')).toEqual(new Uint8Array());
  });

  test('a chunk that is gone is an error in the stream, not a short file', async () => {
    await save('big.onnx', [new Uint8Array(CHUNK_BYTES), new Uint8Array([7])]);
    await deleteRaw('weights', `${MODEL}@r1/big.onnx#1`);
    await expect(read('big.onnx')).rejects.toMatchObject({
      code: 'weights-corrupt',
      detail: 'big.onnx: part 1 is missing',
    });
  });

  test.each([['a text'], [null], [{ version: 2, bytes: 3 }], [{ bytes: 3 }]])(
    'a record that is %o is no record',
    async (record) => {
      await save('a.onnx', [new Uint8Array([1, 2, 3])]);
      await putRaw('weights', `${MODEL}@r1/a.onnx`, record);
      expect(await weights.savedFile(MODEL, 'r1', 'a.onnx')).toBeUndefined();
    },
  );

  test('forgets other revisions of the model, and of no other model', async () => {
    await save('a.onnx', [new Uint8Array([1])], 'r1');
    await save('a.onnx', [new Uint8Array([2])], 'r2');
    await putRaw('weights', 'org/model-large@r1/a.onnx', 'other model');
    await weights.forgetOtherRevisions(MODEL, 'r2');
    expect((await rawKeys('weights')).sort()).toEqual([
      'org/model-large@r1/a.onnx',
      'org/model@r2/a.onnx',
      'org/model@r2/a.onnx#0',
    ]);
  });

  test('a file that git keeps is known by git’s id, and by nothing else', async () => {
    const ofGit = { path: 'config.json', bytes: 2, gitOid: 'id' };
    await weights.saveChunk(MODEL, 'r1', 'config.json', 0, new Uint8Array([1, 2]));
    await weights.saveFileRecord(MODEL, 'r1', ofGit);
    expect(await weights.hasFile(MODEL, 'r1', ofGit)).toBe(true);
    expect(await weights.hasFile(MODEL, 'r1', { ...ofGit, gitOid: 'other' })).toBe(false);
    expect(await weights.hasFile(MODEL, 'r1', file('config.json', 2, 'id'))).toBe(false);
  });

  test('a model is there when all its files are', async () => {
    await save('a.onnx', [new Uint8Array([1])]);
    const files = [file('a.onnx', 1), file('b.onnx', 1)];
    expect(await weights.hasFiles(MODEL, 'r1', files)).toBe(false);
    await save('b.onnx', [new Uint8Array([2])]);
    expect(await weights.hasFiles(MODEL, 'r1', files)).toBe(true);
  });

  test('knows which chunks of a file are there, also of ten and more, and of no file with a longer name', async () => {
    const place = { modelId: MODEL, revision: 'r1', path: 'a.onnx' };
    for (const index of [0, 2, 11])
      await weights.saveChunk(MODEL, 'r1', 'a.onnx', index, new Uint8Array(1));
    await weights.saveChunk(MODEL, 'r1', 'a.onnx_data', 5, new Uint8Array(1));
    await weights.saveChunk(MODEL, 'r2', 'a.onnx', 7, new Uint8Array(1));
    expect([...(await weights.savedChunks(place))].sort((a, b) => a - b)).toEqual([0, 2, 11]);
    await weights.forgetFile(place);
    expect((await rawKeys('weights')).sort()).toEqual([
      `${MODEL}@r1/a.onnx_data#5`,
      `${MODEL}@r2/a.onnx#7`,
    ]);
  });

  test('parts that nobody goes on with are removed, whole files stay', async () => {
    await save('a.onnx', [new Uint8Array([1])]);
    for (const path of ['half', 'other'])
      await weights.saveChunk(MODEL, 'r1', path, 0, new Uint8Array(1));
    await weights.saveChunk('org/model-large', 'r1', 'half', 0, new Uint8Array(1));
    await weights.forgetParts(MODEL, ({ path }) => path === 'other');
    expect((await rawKeys('weights')).sort()).toEqual([
      'org/model-large@r1/half#0', `${MODEL}@r1/a.onnx`, `${MODEL}@r1/a.onnx#0`, `${MODEL}@r1/other#0`,
    ]); // prettier-ignore
  });

  test('a file of several chunks in one piece', async () => {
    const first = new Uint8Array(CHUNK_BYTES).fill(1);
    await save('big.onnx', [first, first, first, first, new Uint8Array([7])]);
    const saved = await weights.savedFile(MODEL, 'r1', 'big.onnx');
    const whole = new Uint8Array(await saved!.arrayBuffer());
    expect(whole.length).toBe(4 * CHUNK_BYTES + 1);
    expect([whole[0], whole.at(-2), whole.at(-1)]).toEqual([1, 1, 7]);
  });
});

describe('keys', () => {
  test.each([
    ['a/b@1/onnx/x.onnx', { modelId: 'a/b', revision: '1', path: 'onnx/x.onnx', chunk: null }],
    ['a/b@1/onnx/x.onnx#12', { modelId: 'a/b', revision: '1', path: 'onnx/x.onnx', chunk: 12 }],
    ['a/b@1/x#y', { modelId: 'a/b', revision: '1', path: 'x#y', chunk: null }],
    ['something', undefined],
  ])('%s', (key, parts) => {
    expect(weights.partsOfWeightsKey(key)).toEqual(parts);
  });
});
