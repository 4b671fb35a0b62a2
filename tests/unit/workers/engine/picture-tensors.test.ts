import { expect, test } from 'vitest';
import { memoryOf, packed } from '../../../../workers/engine/picture-tensors';

/** onnxruntime's own tensors need onnxruntime, which is not there in Node. */
const tensor = (data: Float32Array | BigInt64Array, dims: readonly number[]) => ({
  ort_tensor: {},
  type: data instanceof Float32Array ? 'float32' : 'int64',
  data,
  dims,
});

test('a processed picture is packed into what can be sent, and its memory handed over once', () => {
  const both = new Float32Array(6);
  const sizes = BigInt64Array.from([2n, 3n]);
  const found = packed({
    pixel_values: tensor(both, [1, 2, 3]),
    same_memory: tensor(both.subarray(0, 3), [3]),
    image_sizes: tensor(sizes, [1, 2]),
    num_img_tokens: [9],
    rows: [[2]],
  });
  expect(structuredClone(found)).toEqual({
    tensors: {
      pixel_values: { type: 'float32', data: both, dims: [1, 2, 3] },
      same_memory: { type: 'float32', data: both.subarray(0, 3), dims: [3] },
      image_sizes: { type: 'int64', data: sizes, dims: [1, 2] },
    },
    others: { num_img_tokens: [9], rows: [[2]] },
  });
  expect(memoryOf(found)).toEqual([both.buffer, sizes.buffer]);
});
