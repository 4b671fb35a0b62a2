/**
 * What is wrong with an answer that a working model does not give: nothing at all (special tokens are no text); one word or one
 * character over and over; bytes that are no text; no letter and no digit of any script, as in "!!!!".
 */
export const DEGENERATES = ['empty', 'repeated', 'replacement-characters', 'no-letters'] as const;
export type Degenerate = (typeof DEGENERATES)[number];
