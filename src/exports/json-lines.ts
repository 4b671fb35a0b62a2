import {
  captionOf,
  framed,
  pathOf,
  type CaptionFrame,
  type CellResult,
  type RunResults,
} from './results';

/** Everything that a run found, one JSON object a line and image. */
export function toJsonLines({ images }: RunResults, frame: CaptionFrame): string {
  return images
    .map((result) => {
      const { image, verdict, edit } = result;
      const caption = captionOf(result);
      return JSON.stringify({
        file_name: pathOf(image),
        sha256: image.sha256,
        width: image.widthPx,
        height: image.heightPx,
        caption: caption === null ? null : framed(caption, frame),
        accepted: result.isAccepted,
        edits: edit.texts,
        acceptances: edit.acceptances ?? [],
        verdict,
        verdict_outdated: result.isOutdated,
        earlier_verdicts: result.earlierVerdicts,
        descriptions: result.cells.map(toDescription),
        earlier_descriptions: result.earlier.map(toDescription),
      });
    })
    .map((line) => `${line}\n`)
    .join('');
}

function toDescription({ cell, state }: CellResult) {
  return {
    model: cell.modelId,
    revision: cell.identity.revision,
    precision: cell.identity.precision,
    prompt: cell.prompt.title,
    prompt_text: cell.asked,
    decode: cell.identity.decode,
    ...(state.status === 'done' ? state.description : {}),
    ...(state.status === 'failed' ? { error: state.error } : {}),
  };
}
