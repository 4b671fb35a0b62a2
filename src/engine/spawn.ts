/** The only place that names worker files. Vite bundles each into a chunk of its own. */
export const spawn = {
  vision: () =>
    new Worker(new URL('../../workers/vision.worker.ts', import.meta.url), {
      type: 'module',
      name: 'vision',
    }),
  judge: () =>
    new Worker(new URL('../../workers/judge.worker.ts', import.meta.url), {
      type: 'module',
      name: 'judge',
    }),
  weights: () =>
    new Worker(new URL('../../workers/weights.worker.ts', import.meta.url), {
      type: 'module',
      name: 'weights',
    }),
  intake: () =>
    new Worker(new URL('../../workers/intake.worker.ts', import.meta.url), {
      type: 'module',
      name: 'intake',
    }),
  archive: () =>
    new Worker(new URL('../../workers/archive.worker.ts', import.meta.url), {
      type: 'module',
      name: 'archive',
    }),
  datasets: () =>
    new Worker(new URL('../../workers/datasets.worker.ts', import.meta.url), {
      type: 'module',
      name: 'datasets',
    }),
};
