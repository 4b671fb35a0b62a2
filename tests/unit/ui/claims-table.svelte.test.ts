import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import type { Claim } from '../../../src/core/claims';
import type { Verdict } from '../../../src/core/verdict';
import ClaimCard from '../../../src/ui/detail/ClaimCard.svelte';
import ClaimsTable from '../../../src/ui/detail/ClaimsTable.svelte';
import { LitClaims } from '../../../src/ui/detail/lit-claims.svelte';

afterEach(cleanup);

const MODELS = ['embedded/mini-qwen2-vl', 'embedded/mini-phi3-v', 'embedded/mini-moondream'];

function claim(
  part: Pick<Claim, 'id' | 'subject' | 'standing' | 'weight'> & Partial<Claim>,
): Claim {
  return {
    kind: 'object',
    value: '',
    sources: [],
    modelIds: [],
    checks: [],
    contradicts: [],
    ...part,
  };
}

const claims: readonly Claim[] = [
  claim({
    id: 'two',
    kind: 'count',
    subject: 'cat',
    value: '2',
    standing: 'disputed',
    weight: 0.5,
    modelIds: MODELS.slice(0, 2),
  }),
  claim({ id: 'dog', subject: 'dog', standing: 'agreed', weight: 0.97, modelIds: MODELS }),
  claim({ id: 'hat', subject: 'hat', standing: 'single', weight: 0.2, modelIds: MODELS.slice(2) }),
];

const verdict: Verdict = {
  caption: 'A dog. Two cats and a dog.',
  sentences: [
    { text: 'A dog.', claimIds: ['dog'], origin: 'supported' },
    { text: 'Two cats and a dog.', claimIds: ['two', 'dog'], origin: 'supported' },
  ],
  claims,
  textRows: [],
  writtenBy: 'judge',
  dropped: [],
  device: 'wasm',
  judgeMs: 100,
  newTokens: 12,
  finishedAt: 0,
};

function rows(shown: Verdict, isEdited = false): string[][] {
  const lit = new LitClaims(() => claims);
  render(ClaimsTable, { verdict: shown, modelIds: MODELS, lit, isEdited });
  const [, ...body] = screen.getAllByRole('row');
  return body.map((row) => [...row.children].map((cell) => cell.textContent.trim()));
}

test('a claim’s standing is a word, the strongest claim comes first', () => {
  const table = rows(verdict);
  expect(table.map((row) => row[1])).toEqual(['dog', '2 × cat', 'hat']);
  expect(table.map((row) => row[6])).toEqual(['agreed', 'disputed', 'one voice']);
});

test('who says a claim is told in words, and in which sentences it stands', () => {
  const table = rows(verdict);
  expect(table[1]?.slice(2, 5)).toEqual([
    'said by Mini Qwen2-VL',
    'said by Mini Phi-3-V',
    '–not said',
  ]);
  expect(table.map((row) => row[7])).toEqual(['1, 2', '2', '–']);
});

test('what a model answered when asked stands beside what it said', () => {
  const checks = [{ modelId: MODELS[2] ?? '', yes: 0.034 }];
  const table = rows({ ...verdict, claims: claims.map((one) => ({ ...one, checks })) });
  const { textContent } = screen.getByText(/is how much speaks for it/u);
  expect(textContent.replaceAll(/\s+/gu, ' ')).toContain('% is how likely it says yes when asked');
  expect(table[1]?.[4]?.replaceAll(/\s+/gu, ' ')).toBe('–not said , asked: yes 3 %');
});

test('what the judge added stands below the claims, and the marks are told', () => {
  const invented = { text: 'It is Sunday.', claimIds: [], origin: 'added' as const };
  const shown = { ...verdict, sentences: [...verdict.sentences, invented] };
  expect(rows(shown).at(-1)).toEqual(['sentence', 'It is Sunday.', '–', 'added by the judge', '3']);
  // In the columns of the models too: a sentence needs room.
  expect(screen.getByRole('rowheader', { name: 'It is Sunday.' }).getAttribute('colspan')).toBe(
    '4',
  );
  const legend = screen.getByLabelText('What the marks mean');
  const terms = [...legend.querySelectorAll('dt')].map((term) => term.textContent.trim());
  expect(terms).toEqual(['agreed', 'one voice', 'disputed', 'added by the judge']);
});

test('on a narrow screen each claim is a card that says the same', () => {
  const checks = [{ modelId: MODELS[2] ?? '', yes: 0.034 }];
  const one = { ...claims[2]!, checks };
  render(ClaimCard, { claim: one, modelIds: MODELS, sentences: [1, 2], lit: false });
  const [card, ...voices] = screen.getAllByRole('listitem');
  expect(card?.textContent).toContain('one voice');
  expect(card?.textContent).toContain('in sentences 1, 2');
  expect(voices.map(({ textContent }) => textContent.replaceAll(/\s+/gu, ' ').trim())).toEqual([
    '– Mini Qwen2-VL does not say it',
    '– Mini Phi-3-V does not say it',
    'Mini Moondream says it , asked: yes 3 %',
  ]);
});

test('no claims is said, not shown as an empty table', () => {
  render(ClaimsTable, {
    verdict: { ...verdict, claims: [] },
    modelIds: MODELS,
    lit: new LitClaims(() => []),
  });
  expect(screen.queryByRole('table')).toBeNull();
});

test('words of a person are not said to carry any claim', () => {
  expect(rows(verdict, true).map((cells) => cells.at(-1))).toEqual(['–', '–', '–']);
});
