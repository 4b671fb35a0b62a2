import Papa from 'papaparse';
import { modelName } from '../models/registry';
import { captionOf, framed, pathOf, type CaptionFrame, type RunResults } from './results';

/** One row an image, a column for each model and prompt. Cells that a spreadsheet would take for a formula are made text. */
export function toCsv({ run, images }: RunResults, frame: CaptionFrame): string {
  const titles = run.models.flatMap(({ id }) =>
    run.prompts.map((prompt) => `${modelName(id)}: ${prompt.title}`),
  );
  const rows = images.map((result) => {
    const caption = captionOf(result);
    // In the place of each column stands the answer that counts, from whichever model and prompt it came at last.
    const texts = result.cells.map(({ state }) =>
      state.status === 'done' ? state.description.text : '',
    );
    return [
      pathOf(result.image),
      caption === null ? '' : framed(caption, frame),
      result.isAccepted ? 'yes' : 'no',
      result.verdict?.textRows.map(({ original }) => original).join('\n') ?? '',
      ...texts,
    ];
  });
  const fields = ['file', 'caption', 'accepted', 'text as the models read it'];
  const table = { fields: [...fields, ...titles], data: rows };
  return `${Papa.unparse(table, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}
