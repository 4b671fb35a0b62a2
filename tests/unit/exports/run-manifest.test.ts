import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { cellsOf } from '../../../src/core/run';
import { fromManifestFile } from '../../../src/exports/manifest-file';
import { fullManifest } from '../../../src/exports/run-manifest';
import { VISION_MODELS } from '../../../src/models/registry';
import { toRunModel } from '../../../src/state/run-plan';
import { NO_WISHES } from '../../../src/core/wishes';
import { saveRecords } from '../../../src/storage/journal';
import { image, run as runOf } from '../engine/runner/fake-ports';

test('a manifest names the hashes of its models’ files and what the answers took, and is read all the same', async () => {
  const spec = VISION_MODELS[0]!;
  const gone = { ...toRunModel(spec, NO_WISHES), revision: 'another' };
  const run = runOf({
    images: [image('a'), image('b')],
    models: [toRunModel(spec, NO_WISHES)],
    judge: gone,
  });
  const [first, second, third] = await cellsOf(run);
  const description = (newTokens: number) => ({
    kind: 'description' as const,
    description: {
      text: 'A cat.',
      device: 'wasm' as const,
      timings: { lookMs: 5, generateMs: 20, newTokens },
      finishedAt: 1,
      cutOff: false,
    },
  });
  expect(first?.promptId).toBe(third?.promptId);
  await saveRecords([
    [first!.key, description(3)],
    [second!.key, description(4)],
    [third!.key, description(5)],
  ]);
  const manifest = await fullManifest(run);
  expect(manifest.modelFiles).toEqual([
    { id: spec.id, revision: spec.revision, files: spec.files },
  ]);
  expect(manifest.modelFiles[0]?.files[0]).toHaveProperty('sha256');
  const of = { modelId: spec.id, lookMs: 5, generateMs: 20 };
  expect(manifest.timings).toEqual([
    { ...of, promptId: first!.promptId, answers: 2, newTokens: 8, lookMs: 10, generateMs: 40 },
    { ...of, promptId: second!.promptId, answers: 1, newTokens: 4 },
  ]);
  const read = await fromManifestFile(new Blob([JSON.stringify(manifest)]));
  expect(read.models).toEqual(run.models);
});
