import Papa from 'papaparse';
import { modelName } from '../models/registry';
import { captionOf, framed, pathOf, type CaptionFrame, type RunResults } from './results';

/** One row an image, a column for each model and prompt. Cells that a spreadsheet would take for a formula are made text. */
export function toCsv({ run, images }: RunResults, frame: CaptionFrame): string {
  const answers = run.models.flatMap(({ id }) =>
    run.prompts.map((prompt) => ({
      modelId: id,
      promptId: prompt.id,
      title: `${modelName(id)}: ${prompt.title}`,
    })),
  );
  const rows = images.map((result) => {
    const caption = captionOf(result);
    const texts = answers.map(({ modelId, promptId }) => {
      const found = result.cells.find(
        ({ cell }) => cell.modelId === modelId && cell.promptId === promptId,
      );
      return found?.state.status === 'done' ? found.state.description.text : '';
    });
    return [
      pathOf(result.image),
      caption === null ? '' : framed(caption, frame),
      result.edit.accepted ? 'yes' : 'no',
      result.verdict?.textRows.map(({ original }) => original).join('\n') ?? '',
      ...texts,
    ];
  });
  const fields = ['file', 'caption', 'accepted', 'text in the picture'];
  const table = { fields: [...fields, ...answers.map(({ title }) => title)], data: rows };
  return `${Papa.unparse(table, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}
