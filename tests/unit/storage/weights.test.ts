import { beforeEach, describe, expect, test } from 'vitest';
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
    const first = new Uint8Array(weights.CHUNK_BYTES).fill(1);
    await save('big.onnx', [first, first, new Uint8Array([7, 8])]);
    const bytes = await read('big.onnx');
    expect(bytes!.length).toBe(2 * weights.CHUNK_BYTES + 2);
    expect([bytes![0], bytes!.at(-3), bytes!.at(-2), bytes!.at(-1)]).toEqual([1, 1, 7, 8]);
  });

  test('an empty file is a file', async () => {
    await save('empty.txt', []);
    expect(await read('empty.txt')).toEqual(new Uint8Array());
  });

  test('a chunk that is gone is an error in the stream, not a short file', async () => {
    await save('big.onnx', [new Uint8Array(weights.CHUNK_BYTES), new Uint8Array([7])]);
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
});
