import type { Statement } from '../claims';
import {
  actionPhrase,
  counted,
  isMedium,
  isPluralWord,
  linkOf,
  placePhrase,
  targetOf,
  withArticle,
} from './english';

const ANSWER = 'Answer yes or no.';

/**
 * The yes/no question that asks a model whether a claim is true of the image. The embedded models learn these
 * very texts (training/scenes/questions.ts), so a change here asks for new weights.
 */
export function checkQuestion({ kind, subject, value }: Statement): string {
  const be = isPluralWord(subject) ? 'Are' : 'Is';
  switch (kind) {
    case 'object':
      return `${be} there ${withArticle(subject)} in this image? ${ANSWER}`;
    case 'count': {
      const count = Number(value);
      if (count === 0 || Number.isNaN(count)) {
        return `Are there ${counted(subject, count)} in this image? ${ANSWER}`;
      }
      const one = count === 1 && !isPluralWord(subject);
      const what = one ? `one ${subject}` : counted(subject, count);
      return `${one ? 'Is' : 'Are'} there exactly ${what} in this image? ${ANSWER}`;
    }
    case 'relation':
      if (linkOf(value) === 'with')
        return `${be === 'Are' ? 'Do' : 'Does'} the ${subject} have ${withArticle(targetOf(value))}? ${ANSWER}`;
      return `${be} the ${subject} ${placePhrase(value)}? ${ANSWER}`;
    case 'attribute':
      return `${be} the ${subject} ${value}? ${ANSWER}`;
    case 'overall':
      return `Is this image ${isMedium(value) ? withArticle(value) : value}? ${ANSWER}`;
    case 'text':
      return `Does the image contain the text "${value}"? ${ANSWER}`;
    case 'language':
      return `Is the text in the image in ${value}? ${ANSWER}`;
    case 'translation':
      return `Does the text in the image mean "${value}" in English? ${ANSWER}`;
    case 'action':
      return `${be} the ${subject} ${actionPhrase(value)}? ${ANSWER}`;
  }
}
