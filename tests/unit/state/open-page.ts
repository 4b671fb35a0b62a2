import type { InspectedImage } from '../../../src/core/protocol';
import { AppError } from '../../../src/core/errors';
import { AppState } from '../../../src/state/app.svelte';
import { HubAccessState } from '../../../src/state/hub-access.svelte';
import { savedRecords, saveRecords } from '../../../src/storage/journal';
import type { FakeWorld } from '../engine/runner/fake-ports';

const unreachable = () => Promise.reject(new AppError('network'));

/** A page that never goes to the Hub. */
const NO_HUB = { lookUp: unreachable, download: unreachable, whoAmI: unreachable };

/** A page opened as after a reload; the workers are scripted by `world`, the disk is real. */
export async function openPage(world: FakeWorld): Promise<AppState> {
  const app = new AppState(
    {
      ...world.ports,
      selfTestPicture: () => Promise.resolve(new Blob(['self-test'])),
      ensureWeights: (spec, onProgress) => {
        const phase = { kind: 'fetching' } as const;
        onProgress({ bytes: 1, totalBytes: 2, phase, bytesPerSecond: null, secondsLeft: null });
        world.weights(spec.id);
        return Promise.resolve();
      },
      saveRecords: async (records) => {
        await saveRecords(records);
        for (const [, record] of records) world.log.push(`save ${record.kind}`);
      },
      savedRecords,
    },
    () => Promise.reject<InspectedImage>(new AppError('image-empty')),
    { weights: NO_HUB, access: new HubAccessState() },
  );
  await app.settings.load();
  if (!app.settings.value.welcomed) app.settings.change({ welcomed: true });
  await app.images.load();
  await app.runs.load();
  await app.device.probe();
  await (
    await app.run.reopen()
  )();
  return app;
}
