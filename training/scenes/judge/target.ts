import { claimSentences } from '../../../src/core/evidence/claim-sentences.ts';
import type { SubjectClaims } from '../../../src/core/judge-prompt.ts';

/** The description that the judge should write. It depends only on the lines that the prompt shows. */
export function targetText(lines: readonly SubjectClaims[]): string {
  const sentences = claimSentences(lines).map(({ text }) => text);
  return sentences.length > 0 ? sentences.join(' ') : 'The models say nothing certain about this image.';
}
