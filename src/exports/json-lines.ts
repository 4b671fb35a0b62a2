import { captionOf, framed, pathOf, type CaptionFrame, type RunResults } from './results';

/** Everything that a run found, one JSON object a line and image. */
export function toJsonLines({ run, images }: RunResults, frame: CaptionFrame): string {
  const prompts = new Map(run.prompts.map((prompt) => [prompt.id, prompt]));
  return images
    .map((result) => {
      const { image, cells, verdict, edit } = result;
      const caption = captionOf(result);
      return JSON.stringify({
        file_name: pathOf(image),
        sha256: image.sha256,
        width: image.widthPx,
        height: image.heightPx,
        caption: caption === null ? null : framed(caption, frame),
        accepted: edit.accepted,
        edits: edit.texts,
        verdict,
        descriptions: cells.map(({ cell, state }) => ({
          model: cell.modelId,
          revision: cell.identity.revision,
          precision: cell.identity.precision,
          prompt: prompts.get(cell.promptId)?.title ?? cell.promptId,
          ...(state.status === 'done' ? state.description : {}),
          ...(state.status === 'failed' ? { error: state.error } : {}),
        })),
      });
    })
    .map((line) => `${line}\n`)
    .join('');
}
