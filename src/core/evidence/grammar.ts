import model from 'wink-eng-lite-web-model';
import winkNLP, { type ItemSentence, type ItemToken, type ItsFunction } from 'wink-nlp';

/** A word with its part of speech (universal tag set) and its place in the sentence. */
export interface Word {
  readonly text: string;
  /** Lower case. */
  readonly lower: string;
  readonly pos: string;
}

export interface Sentence {
  readonly text: string;
  readonly words: readonly Word[];
}

const nlp = winkNLP(model, ['sbd', 'pos']);
/** wink knows its accessors by identity: a bound copy of `pos` gives the word itself. */
const its: {
  readonly pos: ItsFunction<string>;
  readonly precedingSpaces: ItsFunction<string>;
} = nlp.its;

/** Sentences of a description; list items and lines count as sentences of their own. */
export function sentencesOf(text: string): Sentence[] {
  const lines = text.split('\n').map((line) => line.replace(/^[\s*•#>-]+|^\d+[.)]\s+/u, '').trim());
  return lines.filter((line) => line !== '').flatMap(sentencesOfLine);
}

function sentencesOfLine(line: string): Sentence[] {
  if (line.startsWith('|')) return [{ text: line, words: [] }]; // a row of a table is no sentence
  const sentences: Sentence[] = [];
  nlp
    .readDoc(line)
    .sentences()
    .each((item: ItemSentence) => {
      const words: Word[] = [];
      item.tokens().each((token: ItemToken) => {
        const text = token.out();
        const word = { text, lower: lowered(text), pos: token.out(its.pos) };
        const last = words.at(-1);
        if (last !== undefined && token.out(its.precedingSpaces) === '' && isOneWord(last, word)) {
          words[words.length - 1] = joined(last, word);
        } else words.push(word);
      });
      sentences.push({ text: item.out(), words });
    });
  return sentences;
}

/** "high-heeled" and "painter's" come in pieces. */
function isOneWord(left: Word, right: Word): boolean {
  if (/^['’]s$/u.test(right.lower)) return left.pos === 'NOUN' || left.pos === 'PROPN';
  return (
    (right.text === '-' && /\w$/u.test(left.text)) ||
    (left.text.endsWith('-') && left.text.length > 1 && /^\w/u.test(right.text))
  );
}

function joined(left: Word, right: Word): Word {
  const pos = right.pos === 'NOUN' || right.pos === 'PROPN' ? 'NOUN' : 'ADJ';
  return { text: left.text + right.text, lower: left.lower + right.lower, pos };
}

/** Lower case; "sun." is "sun": wink takes the name of some things at the end of a sentence for a short form. */
function lowered(text: string): string {
  return text.toLowerCase().replace(/(?<=\w)\.$/u, '');
}
