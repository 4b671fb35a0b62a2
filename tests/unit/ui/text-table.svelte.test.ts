import { render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { TextRow } from '../../../src/core/verdict';
import TextTable from '../../../src/ui/detail/TextTable.svelte';

vi.mock('../../../src/state/app.svelte', () => ({ useApp: () => ({ notices: {} }) }));

const row: TextRow = {
  original: 'Bäckerei',
  english: '',
  language: 'German',
  isLanguageDetected: true,
  modelIds: ['a', 'b', 'c'],
  agreement: 0.9,
  readers: 3,
  others: [{ text: 'Backerei', modelIds: ['c'] }],
};

test('a row shows its text as text, who read it otherwise, and how far the models agree', () => {
  const rows = [row, { ...row, original: '<b>مخرج</b>', others: [] }];
  const { container } = render(TextTable, { rows, wasAsked: true });
  const [first, second] = screen.getAllByRole('rowheader');
  expect(first?.textContent).toContain('read as “Backerei” by c');
  expect(second?.textContent).toContain('<b>مخرج</b>');
  expect(container.querySelector('b')).toBeNull();
  expect(second?.querySelector('.text')?.getAttribute('dir')).toBe('auto');
  expect(screen.getAllByText('2 of 3 alike').length).toBeGreaterThan(0);
  expect(screen.getAllByText('3 of 3 alike').length).toBeGreaterThan(0);
  expect(screen.getAllByText('told by the words').length).toBeGreaterThan(0);
});

test('rows of before, without agreement, are shown too', () => {
  const old: TextRow = { original: 'Open', english: 'open', language: '', modelIds: ['a'] };
  render(TextTable, { rows: [old], wasAsked: true });
  expect(screen.getByRole('row', { name: /Open/u }).textContent).toContain('not known');
});

test('where no text was read the prompt that asks for it is named', () => {
  render(TextTable, { rows: [], wasAsked: false });
  expect(screen.getByText(/Read the text/u)).toBeDefined();
});
