/** One state of a caption that a person changed. */
export interface EditedText {
  /** Null: the judge's words again. */
  readonly text: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** That a caption was accepted, or that this was taken back. */
export interface Acceptance {
  readonly accepted: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a person made of the verdict on one image of one run: every text, oldest first, and whether it was accepted. */
export interface Edit {
  readonly texts: readonly EditedText[];
  readonly accepted: boolean;
  /** The judge's words that were accepted: other words of its are not. Absent where the text is a person's own, and before 0.2. */
  readonly acceptedText?: string;
  /** Oldest first, without those that came with a text. Absent where nothing was accepted since these times are kept. */
  readonly acceptances?: readonly Acceptance[];
}

export const UNEDITED: Edit = { texts: [], accepted: false };

/** The text that stands, undefined where that is the judge's. */
export function editedText({ texts }: Edit): string | undefined {
  return texts.at(-1)?.text ?? undefined;
}

/** The edit with one more text. A changed text is accepted: somebody has read it. */
export function withText(edit: Edit, text: string | null, at: number): Edit {
  return { ...edit, texts: [...edit.texts, { text, at }], accepted: text !== null };
}

/**
 * The edit with a text that was made together with many others: nobody has read it, so it is accepted only where the caption
 * before was.
 */
export function withReplacedText(edit: Edit, text: string, at: number, wasAccepted: boolean): Edit {
  return { ...edit, texts: [...edit.texts, { text, at }], accepted: wasAccepted };
}

/** @param caption that is accepted, or not any longer */
export function withAccepted(edit: Edit, accepted: boolean, at: number, caption?: string): Edit {
  return {
    texts: edit.texts,
    accepted,
    ...(caption === undefined || !accepted ? {} : { acceptedText: caption }),
    acceptances: [...(edit.acceptances ?? []), { accepted, at }],
  };
}

/** Whether this caption, as it stands, was accepted. */
export function isAccepted(edit: Edit, caption: string | undefined): boolean {
  if (!edit.accepted || caption === undefined) return false;
  return (
    editedText(edit) !== undefined ||
    edit.acceptedText === undefined ||
    edit.acceptedText === caption
  );
}

/** What a person made of a caption, where other words of the judge's stand under it: theirs stand, also those that they only accepted. */
export function withOwnWords(edit: Edit, caption: string, at: number): Edit {
  if (editedText(edit) !== undefined) return edit;
  return { ...edit, texts: [...edit.texts, { text: caption, at }] };
}

/** Undoes a text: it is as if it had not been written. @param accepted as it was before */
export function withoutText(edit: Edit, at: number, accepted: boolean): Edit {
  const isLast = edit.texts.at(-1)?.at === at;
  return {
    ...edit,
    texts: edit.texts.filter((text) => text.at !== at),
    accepted: isLast ? accepted : edit.accepted,
  };
}
