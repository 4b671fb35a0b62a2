import type { ModelFile, ModelSpec } from './spec';

/** `onnx/<part><suffix>.onnx` and its external data `….onnx_data`, `….onnx_data_1`. */
const ONNX_FILE =
  /^onnx\/(?<part>.+?)(?:_(?:fp16|quantized|int8|uint8|q[124](?:f16)?|bnb4))?\.onnx(?:_data(?:_\d+)?)?$/u;

/** The part that a file belongs to, such as `vision_encoder`; undefined for what is no part of a graph. */
export function partOf(path: string): string | undefined {
  return ONNX_FILE.exec(path)?.groups?.part;
}

/** Bytes of each part, graph and external data together. */
export function bytesOfParts(files: readonly ModelFile[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { path, bytes } of files) {
    const part = partOf(path);
    if (part !== undefined) sums[part] = (sums[part] ?? 0) + bytes;
  }
  return sums;
}

/** Precision of each part, by the spec where it says so. */
export function precisionOfParts({
  files,
  parts,
  precision,
}: Pick<ModelSpec, 'files' | 'parts' | 'precision'>): Record<string, string> {
  const own = Object.keys(bytesOfParts(files)).map((part) => [part, precision] as const);
  return { ...Object.fromEntries(own), ...parts };
}

/**
 * Tells a model's variants apart, as a run names them: its precision, and beside it the parts that have another one, such as
 * `q4 (vision_encoder fp16)`. Two variants with one name say the same.
 */
export function precisionName({
  precision,
  parts,
}: Pick<ModelSpec, 'parts' | 'precision'>): string {
  const others = Object.entries(parts ?? {})
    .filter(([, other]) => other !== precision)
    .map(([part, other]) => `${part} ${other}`)
    .sort();
  return others.length === 0 ? precision : `${precision} (${others.join(', ')})`;
}
