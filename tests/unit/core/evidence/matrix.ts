import { readFileSync } from 'node:fs';
import type { Claim, ClaimKind } from '../../../../src/core/claims';
import type { Lexicon } from '../../../../src/core/evidence/lexicon/lexicon';
import { type EvidenceText, weighClaims } from '../../../../src/core/evidence/weigh';

/** A claim and who makes it: "A", "AB" …; disputed where another claim excludes it. */
export interface Row {
  readonly claim: string;
  readonly models: string;
  readonly isDisputed: boolean;
}

/** Three descriptions of one picture, and the rows that a person reads from them. */
export interface DescriptionSet {
  readonly title: string;
  readonly texts: readonly EvidenceText[];
  readonly rows: readonly Row[];
}

const KINDS: Readonly<Record<string, ClaimKind>> = {
  o: 'object',
  c: 'count',
  a: 'attribute',
  r: 'relation',
  v: 'action',
  t: 'text',
  g: 'overall',
};

/** The file's form is told in its first lines. */
export function readSets(): DescriptionSet[] {
  const file = readFileSync('tests/fixtures/evidence/sets.txt', 'utf8');
  return file
    .split('\n## ')
    .slice(1)
    .map((block) => {
      const [title = '', ...lines] = block.trim().split('\n');
      const texts = lines.flatMap((line) => {
        const [, modelId, text] = /^([ABC]): (.*)$/u.exec(line) ?? [];
        if (modelId === undefined || text === undefined) return [];
        return [{ modelId, promptId: 'p', text: text.replaceAll('\\n', '\n') }];
      });
      const rows = lines.flatMap((line) => {
        const [, kind = '', claim = '', models = '', mark = ''] = /^([ocarvtg]) (.*) ([ABC]+)(!?)$/u.exec(line) ?? [];
        const name = KINDS[kind];
        return name === undefined ? [] : [{ claim: `${name} ${turned(claim)}`, models, isDisputed: mark === '!' }];
      });
      return { title, texts, rows };
    }); // prettier-ignore
}

/** "A behind B" is "B in front of A", "B beside A" is "A beside B". */
function turned(claim: string): string {
  const [, a = '', link = '', b = ''] = /^(.*)=(behind|right of|beside) (.*)$/u.exec(claim) ?? [];
  if (link === 'behind') return `${b}=in front of ${a}`;
  if (link === 'right of') return `${b}=left of ${a}`;
  return link === 'beside' && b < a ? `${b}=beside ${a}` : claim;
}

/** The rows that are found. */
export function foundRows(texts: readonly EvidenceText[], lexicon: Lexicon): Row[] {
  return weighClaims(texts, [], {}, { lexicon }).map(rowOf);
}

function rowOf({ kind, subject, value, modelIds, contradicts }: Claim): Row {
  return {
    claim: `${kind} ${subject}${value === '' ? '' : `=${value}`}`,
    models: modelIds.toSorted().join(''),
    isDisputed: contradicts.length > 0,
  };
}

/** One cell a claim and model, and one where it is disputed. */
export function cellsOf(rows: readonly Row[], lexicon: Lexicon): Set<string> {
  return new Set(
    rows.flatMap(({ claim, models, isDisputed }) => {
      const name = normal(claim, lexicon);
      return [...Array.from(models, (model) => `${name} ${model}`), ...(isDisputed ? [`${name} disputed`] : [])];
    }),
  ); // prettier-ignore
}

/** A synonym is as good a name. */
function normal(claim: string, lexicon: Lexicon): string {
  return claim
    .toLowerCase()
    .split(/([= ])/u)
    .map((word) => lexicon.key(word))
    .join('');
}
