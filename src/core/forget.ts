import type { Run } from './run';

/** Something that a person has forgotten: hidden at once, gone from the disk when the offer to undo it has passed. */
export type Forgotten =
  | {
      readonly kind: 'picture';
      readonly sha256: string;
      /** The runs it is taken out of; one that is made later keeps it. */
      readonly runIds: readonly string[];
      readonly at: number;
    }
  | { readonly kind: 'run'; readonly runId: string; readonly at: number }
  | { readonly kind: 'weights'; readonly modelId: string; readonly at: number };

/** The runs as they are without what was forgotten. A run whose last picture goes, goes with it. */
export function withoutForgotten(
  runs: readonly Run[],
  forgotten: readonly Forgotten[],
): readonly Run[] {
  return forgotten.reduce(without, runs);
}

function without(runs: readonly Run[], forgotten: Forgotten): readonly Run[] {
  if (forgotten.kind === 'weights') return runs;
  if (forgotten.kind === 'run') return runs.filter(({ id }) => id !== forgotten.runId);
  const { sha256, runIds } = forgotten;
  return runs.flatMap((run) => {
    if (!runIds.includes(run.id)) return [run];
    const images = run.images.filter((image) => image.sha256 !== sha256);
    if (images.length === run.images.length) return [run];
    return images.length === 0 ? [] : [withImages(run, images, sha256)];
  });
}

/** Also what was asked for again about the picture goes. */
function withImages(run: Run, images: Run['images'], goneSha256: string): Run {
  const ids = new Set(images.map(({ id }) => id));
  const { again, judgedAgain, replanned } = run;
  const isGone = (place: string) => place.startsWith(`cell|${goneSha256}|`);
  return {
    ...run,
    images,
    ...(again === undefined ? {} : { again: again.filter(({ place }) => !isGone(place)) }),
    ...(judgedAgain === undefined
      ? {}
      : { judgedAgain: judgedAgain.filter(({ imageId }) => ids.has(imageId)) }),
    ...(replanned === undefined
      ? {}
      : {
          replanned: replanned.map((one) => ({
            ...one,
            places: one.places.filter((place) => !isGone(place)),
          })),
        }),
  };
}
