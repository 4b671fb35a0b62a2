import type { FixtureReport, FixtureRequest } from '../fixture';

/** One fixture in a worker of its own: one rejected run would poison all that follow in its realm. */
function run(request: FixtureRequest): Promise<FixtureReport> {
  const worker = new Worker(new URL('./contract.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<FixtureReport>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FixtureReport | { readonly error: string }>) => {
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
  var contract: { run: typeof run };
}

globalThis.contract = { run };
