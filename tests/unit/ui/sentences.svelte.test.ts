import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import type { TracedSentence } from '../../../src/core/verdict';
import { LitClaims } from '../../../src/ui/detail/lit-claims.svelte';
import Sentences from '../../../src/ui/detail/Sentences.svelte';

afterEach(cleanup);

const sentences: readonly TracedSentence[] = [
  { text: 'Two cats.', claimIds: ['two'], origin: 'supported' },
  { text: 'It is sunny.', claimIds: [], origin: 'added' },
];

test('what the judge added is marked by a word, what is supported is not', () => {
  render(Sentences, { sentences, addedText: 'added by the judge', lit: new LitClaims(() => []) });
  expect(screen.getAllByText('added by the judge')).toHaveLength(1);
  expect(screen.getByRole('paragraph').textContent.trim()).toBe(
    'Two cats. It is sunny.added by the judge',
  );
});

test('a sentence is looked at by focus, and kept by Enter', async () => {
  const lit = new LitClaims(() => []);
  render(Sentences, { sentences, addedText: '', lit });
  const first = screen.getByRole('button', { name: 'Two cats.' });
  await fireEvent.focus(first);
  expect(lit.sentence).toBe(sentences[0]);
  await fireEvent.blur(first);
  expect(lit.sentence).toBeNull();
  await fireEvent.keyDown(first, { key: 'Enter' });
  expect(first.getAttribute('aria-pressed')).toBe('true');
  expect(lit.sentence).toBe(sentences[0]);
});

test('what would turn the text around is named instead', () => {
  const turned = [{ text: 'A \u202Egnp.tac sign.', claimIds: [], origin: 'supported' }] as const;
  render(Sentences, { sentences: turned, addedText: '', lit: new LitClaims(() => []) });
  expect(screen.getByRole('paragraph').textContent.trim()).toBe('A ⟨U+202E⟩gnp.tac sign.');
});
