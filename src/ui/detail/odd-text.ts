import type { Description } from '../../core/cell';
import type { Degenerate } from '../../core/degenerate-kind';

const WHAT: Readonly<Record<Degenerate, string>> = {
  empty: 'nothing at all',
  repeated: 'the same over and over',
  'replacement-characters': 'bytes that are no text',
  'no-letters': 'signs without a word',
};

/** What was odd about a model's answer; empty where nothing was. */
export function oddText({ degenerate, retriedFor }: Description): string {
  if (degenerate !== undefined)
    return `This is no answer: the model says ${WHAT[degenerate]}, also when it was asked once more.`;
  return retriedFor === undefined
    ? ''
    : `The model’s first answer was ${WHAT[retriedFor]}; this is its second, kept from repeating itself.`;
}
