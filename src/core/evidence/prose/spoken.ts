import { sentencesOf } from '../grammar';
import { cleaned } from './clean';
import { isForReaders } from './filler';

/** Brackets of a link or an object that was taken out. */
const LEFTOVER = /\s+[()[\]{}<>]+\s*$/u;
/** The head of a list that is not there any more. */
const LABEL = /^\p{L}+:$/u;

/**
 * What a description says of the picture: without markup, code, characters that nobody sees, chatter, and the sentences that give
 * orders or forge evidence. It is what a judge gets to read: of what it never reads it can obey nothing.
 */
export function spokenText(text: string): string {
  return sentencesOf(cleaned(text).text)
    .map((sentence) => sentence.text.replace(LEFTOVER, '').trim())
    .filter((sentence) => /\p{L}/u.test(sentence) && !LABEL.test(sentence))
    .filter((sentence) => !isForReaders(sentence))
    .join(' ');
}
