import { Weights } from '../../../src/engine/weights';
import type { FamilyReport, FamilyRequest } from '../families';

/** One family in a worker of its own, from the store, as the app keeps it. */
async function run(request: FamilyRequest): Promise<FamilyReport> {
  const weights = new Weights();
  await weights.ensure(request.spec, () => undefined);
  weights.stop();
  const worker = new Worker(new URL('./families.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<FamilyReport>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FamilyReport | { readonly error: string }>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
    worker.postMessage(request);
  }).finally(() => {
    worker.terminate();
  });
}

declare global {
  var families: { run: typeof run };
}

globalThis.families = { run };
