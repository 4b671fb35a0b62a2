import { Tensor } from '@huggingface/transformers';
import type { PackedTensor, ProcessedPicture } from '../../src/core/protocol';

/** What an image processor of the library gives out: tensors and plain data by name. */
export type Processed = Readonly<Record<string, unknown>>;

const isTensor = (value: unknown): value is Tensor =>
  typeof value === 'object' && value !== null && 'ort_tensor' in value;

/** As it can be sent to another worker: tensors lose their class on the way. */
export function packed(processed: Processed): ProcessedPicture {
  const tensors: Record<string, PackedTensor> = {};
  const others: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(processed)) {
    if (isTensor(value))
      tensors[name] = { type: value.type, data: value.data as Float32Array, dims: value.dims };
    else others[name] = value;
  }
  return { tensors, others };
}

/** The memory of a packed picture, to be handed over instead of copied. */
export function memoryOf({ tensors }: ProcessedPicture): ArrayBuffer[] {
  return [...new Set(Object.values(tensors).map(({ data }) => data.buffer as ArrayBuffer))];
}

export function unpacked({ tensors, others }: ProcessedPicture): Processed {
  const made = Object.entries(tensors).map(
    ([name, { type, data, dims }]) =>
      [name, new Tensor(type as 'float32', data, [...dims])] as const,
  );
  return { ...others, ...Object.fromEntries(made) };
}
