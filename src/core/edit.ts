/** One state of a caption that a person changed. */
export interface EditedText {
  /** Null: the judge's words again. */
  readonly text: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a person made of the verdict on one image of one run: every text, oldest first, and whether it was accepted. */
export interface Edit {
  readonly texts: readonly EditedText[];
  readonly accepted: boolean;
}

export const UNEDITED: Edit = { texts: [], accepted: false };

/** The text that stands, undefined where that is the judge's. */
export function editedText({ texts }: Edit): string | undefined {
  return texts.at(-1)?.text ?? undefined;
}

/** The edit with one more text. A changed text is accepted: somebody has read it. */
export function withText(edit: Edit, text: string | null, at: number): Edit {
  return { texts: [...edit.texts, { text, at }], accepted: text !== null };
}
