import type { Verdict } from '../../core/verdict';

/** What a sentence is called that no description supports. */
export function addedText({ writtenBy }: Pick<Verdict, 'writtenBy'>): string {
  return writtenBy === 'judge' ? 'added by the judge' : 'not in a description';
}
