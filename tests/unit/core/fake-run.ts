import type { ImageItem } from '../../../src/core/image';
import type { Run } from '../../../src/core/run';

export function image(name: string): ImageItem {
  return {
    id: `id-${name}`,
    name,
    sha256: `sha-${name}`,
    format: 'png',
    bytes: 1,
    widthPx: 1,
    heightPx: 1,
    source: { kind: 'copy' },
    addedAt: 0,
  };
}

/** Two images, two models, two prompts. */
export function run(parts: Partial<Run> = {}): Run {
  return {
    id: 'run',
    name: 'Run',
    createdAt: 0,
    images: [image('a'), image('b')],
    models: ['one', 'two'].map((id) => ({ id, revision: 'r', precision: 'q8' })),
    prompts: ['p', 'q'].map((id) => ({ id, title: id, text: id, rationale: '', expects: 'prose' })),
    judge: { id: 'judge', revision: 'r', precision: 'q8' },
    judgeMode: 'verify',
    decode: { maxNewTokens: 8, sampling: { kind: 'greedy' } },
    device: 'wasm',
    threads: 1,
    environment: {
      versions: { app: '1', transformers: '4', onnxruntime: '1' },
      browser: 'Chromium',
      adapter: null,
    },
    ...parts,
  };
}
