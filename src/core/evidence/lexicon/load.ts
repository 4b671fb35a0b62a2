import type { Lexicon } from './lexicon';

let loading: Promise<Lexicon> | undefined;

/** The lexicon, fetched and parsed when it is first asked for: embedded models' English does without. */
export function loadLexicon(): Promise<Lexicon> {
  loading ??= Promise.all([import('./lexicon'), import('./nouns.json')]).then(
    ([module, { default: file }]) => new module.Lexicon(file),
  );
  return loading;
}

/**
 * The lexicon where a description is in the English of any model, undefined where all are read word by word.
 * @param plain ids of models that are
 */
export async function lexiconFor(
  texts: readonly { readonly modelId: string }[],
  plain: ReadonlySet<string>,
): Promise<Lexicon | undefined> {
  return texts.every(({ modelId }) => plain.has(modelId)) ? undefined : loadLexicon();
}
