import { spokenText } from '../../src/core/evidence/prose/spoken';
import { PLAIN_SPOKEN } from '../../src/models/registry';

/**
 * What a judge reads of a description: nothing that gives it orders, and so none where that is all it says. The models that come with
 * the app speak of the picture alone.
 */
export function spoken<Said extends { readonly modelId: string; readonly text: string }>(
  description: Said,
): Said[] {
  if (PLAIN_SPOKEN.has(description.modelId)) return [description];
  const text = spokenText(description.text);
  return text === '' ? [] : [{ ...description, text }];
}
