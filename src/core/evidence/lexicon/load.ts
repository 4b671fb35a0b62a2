import type { Lexicon } from './lexicon';

let loading: Promise<Lexicon> | undefined;

/** The lexicon, fetched and parsed when it is first asked for: embedded models' English does without. */
export function loadLexicon(): Promise<Lexicon> {
  loading ??= Promise.all([import('./lexicon'), import('./nouns.json')]).then(
    ([module, { default: file }]) => new module.Lexicon(file),
  );
  return loading;
}

/** The lexicon where a description is by a model without a calibration, undefined where all are read word by word. */
export async function lexiconFor(
  texts: readonly { readonly modelId: string }[],
  calibrations: Readonly<Record<string, unknown>>,
): Promise<Lexicon | undefined> {
  const isKnown = texts.every(({ modelId }) => calibrations[modelId] !== undefined);
  return isKnown ? undefined : loadLexicon();
}
