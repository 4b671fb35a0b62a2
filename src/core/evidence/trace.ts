import type { Claim } from '../claims';
import type { TracedSentence } from '../verdict';
import { extractStatements } from './extract';
import { sentencesOf } from './grammar';
import type { Lexicon } from './lexicon/lexicon';
import type { Memory } from './prose/sayings';
import { claimOf } from './prose/match';
import { readProse } from './prose/read';
import { statementId } from './weigh';

/**
 * Matches each sentence of a caption back to the claims. A sentence that names a thing or quotes a text
 * which no description has, or that says nothing any of them says, is `added`.
 * @param lexicon where the claims were matched with it, and the caption is in the English of any model
 */
export function traceSentences(
  caption: string,
  claims: readonly Claim[],
  lexicon?: Lexicon,
): TracedSentence[] {
  if (lexicon !== undefined) return traceProse(caption, claims, lexicon);
  const known = new Set(claims.map(({ id }) => id));
  return sentencesOf(caption).map(({ text }) => {
    const statements = extractStatements(text).map(({ statement }) => ({
      id: statementId(statement),
      kind: statement.kind,
    }));
    const claimIds = [...new Set(statements.map(({ id }) => id).filter((id) => known.has(id)))];
    const invents = statements.some(
      ({ id, kind }) => (kind === 'object' || kind === 'text') && !known.has(id),
    );
    return { text, claimIds, origin: invents || claimIds.length === 0 ? 'added' : 'supported' };
  });
}

function traceProse(caption: string, claims: readonly Claim[], lexicon: Lexicon): TracedSentence[] {
  const memory: Memory = {};
  return sentencesOf(caption).map(({ text }) => {
    const reads = readProse(text, lexicon, memory).filter(({ implied }) => !implied);
    const found = reads.map((read) => ({ read, claim: claimOf(read, claims, lexicon) }));
    const claimIds = [
      ...new Set(found.flatMap(({ claim }) => (claim === undefined ? [] : [claim.id]))),
    ];
    const invents = found.some(
      ({ read: { kind }, claim }) => claim === undefined && (kind === 'object' || kind === 'text'),
    );
    return { text, claimIds, origin: invents || claimIds.length === 0 ? 'added' : 'supported' };
  });
}

/** Why a judge's answer can't stand, or undefined when it can. */
export function rejection(
  caption: string,
  sentences: readonly TracedSentence[],
  claims: readonly Claim[],
): string | undefined {
  if (caption.trim() === '') return 'The judge answered nothing.';
  const texts = sentences.map(({ text }) => text);
  if (texts.length > new Set(texts).size + 1) return 'The judge repeated itself.';
  if (!sentences.some(({ origin }) => origin === 'supported')) {
    return 'Nothing the judge wrote is in the descriptions.';
  }
  const agreed = claims.filter(({ kind, standing }) => kind === 'object' && standing === 'agreed');
  const said = new Set(sentences.flatMap(({ claimIds }) => claimIds));
  if (agreed.length > 0 && !agreed.some(({ id }) => said.has(id))) {
    return 'The judge left out everything that the models agree on.';
  }
  return undefined;
}
