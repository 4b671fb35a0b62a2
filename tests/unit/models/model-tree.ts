import { ARCHITECTURES } from '../../../src/models/architectures';
import type { HubModel } from '../../../src/models/hub-model';
import { PRECISIONS } from '../../../src/models/onnx-files';
import type { Repository } from '../../../src/models/plan';
import type { ModelFamily, ModelFile } from '../../../src/models/spec';

const SUFFIX: Readonly<Record<string, string>> = { fp32: '', q8: '_quantized' };

export const file = (path: string, bytes = 1000): ModelFile => ({
  path,
  bytes,
  sha256: '0'.repeat(64),
});

export const onnx = (part: string, precision: string, bytes?: number): ModelFile =>
  file(`onnx/${part}${SUFFIX[precision] ?? `_${precision}`}.onnx`, bytes);

export const TEXT_FILES = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'preprocessor_config.json',
  'processor_config.json',
].map((path) => file(path));

/** A repository as an export of a family leaves it: every part at every precision, and what else lies about. */
export function familyTree(
  family: ModelFamily,
  precisions: readonly string[] = PRECISIONS,
): Repository<ModelFile> {
  const { parts, modelType } = ARCHITECTURES[family];
  return {
    files: [
      file('README.md'),
      file('.gitattributes'),
      ...TEXT_FILES,
      ...parts.flatMap((part) => precisions.map((precision) => onnx(part, precision))),
    ],
    configs: {
      'config.json': { model_type: modelType, architectures: ['Anything'] },
      'tokenizer_config.json': { chat_template: '{{ messages }}' },
    },
  };
}

export function modelTree({ family }: HubModel): Repository<ModelFile> {
  return familyTree(family);
}
