import {
  captionOf,
  distinctPaths,
  framed,
  pathOf,
  withEnding,
  type CaptionFrame,
  type RunResults,
} from './results';

/** A text file that stands beside its picture. */
export interface Sidecar {
  readonly path: string;
  readonly text: string;
}

/** The captions as trainers of image models read them: `beach.txt` beside `beach.jpg`. Images without a caption have none. */
export function toSidecars({ images }: RunResults, frame: CaptionFrame): Sidecar[] {
  const captioned = images.flatMap((result) => {
    const caption = captionOf(result);
    return caption === null ? [] : [{ path: pathOf(result.image), text: framed(caption, frame) }];
  });
  const paths = distinctPaths(captioned.map(({ path }) => withEnding(path, 'txt')));
  return captioned.map(({ text }, index) => ({ path: paths[index] ?? '', text: `${text}\n` }));
}
