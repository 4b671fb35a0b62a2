import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { Refusal } from '../../../src/state/adding.svelte';
import Refusals from '../../../src/ui/setup/Refusals.svelte';

afterEach(cleanup);

const refusals: readonly Refusal[] = [
  { id: 'a', name: 'holiday.psd', error: { code: 'image-unsupported', detail: '' } },
  { id: 'b', name: 'empty.png', error: { code: 'image-empty', detail: '' } },
];

function show(of = refusals) {
  const adding = { refusals: of, dismiss: vi.fn(), dismissAll: vi.fn() };
  render(Refusals, { adding });
  return adding;
}

test('each refused file has its own row that says why and what to do', () => {
  show();
  expect(screen.getByText('2 files were not added')).toBeTruthy();
  const [psd, empty] = screen.getAllByRole('listitem');
  expect(psd?.textContent).toContain('holiday.psd');
  expect(psd?.textContent).toContain('Save it as JPEG or PNG first');
  expect(empty?.textContent).toContain('This file is empty.');
});

test('a row is dismissed alone, by the name of its file', async () => {
  const adding = show();
  await fireEvent.click(screen.getByRole('button', { name: 'Dismiss empty.png' }));
  expect(adding.dismiss).toHaveBeenCalledExactlyOnceWith(new Set(['b']));
  expect(adding.dismissAll).not.toHaveBeenCalled();
});

test('many files of one reason share a row, with their names, and go together', async () => {
  const texts = Array.from({ length: 300 }, (_, n) => ({
    id: `text ${String(n)}`,
    name: `${String(n)}.doc`,
    error: { code: 'image-not-an-image' as const, detail: '' },
  }));
  const adding = show([...texts, ...refusals]);
  const rows = screen.getAllByRole('listitem');
  expect(rows).toHaveLength(3);
  expect(rows[0]?.textContent).toContain('300 files');
  expect(rows[0]?.textContent).toContain('0.doc, 1.doc');
  expect(rows[0]?.textContent).toContain('and 100 more files');
  await fireEvent.click(screen.getByRole('button', { name: 'Dismiss 300 files' }));
  expect(adding.dismiss.mock.calls[0]?.[0]).toHaveProperty('size', 300);
});
