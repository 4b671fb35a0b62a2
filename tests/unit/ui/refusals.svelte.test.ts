import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { Refusal } from '../../../src/state/images.svelte';
import Refusals from '../../../src/ui/setup/Refusals.svelte';

afterEach(cleanup);

const refusals: readonly Refusal[] = [
  { id: 'a', name: 'holiday.heic', error: { code: 'image-heic', detail: '' } },
  { id: 'b', name: 'empty.png', error: { code: 'image-empty', detail: '' } },
];

function show() {
  const images = { refusals, dismissRefusal: vi.fn(), dismissRefusals: vi.fn() };
  render(Refusals, { images });
  return images;
}

test('each refused file has its own row that says why and what to do', () => {
  show();
  expect(screen.getByText('2 files were not added')).toBeTruthy();
  const [heic, empty] = screen.getAllByRole('listitem');
  expect(heic?.textContent).toContain('holiday.heic');
  expect(heic?.textContent).toContain('Save it as JPEG first');
  expect(empty?.textContent).toContain('This file is empty.');
});

test('a row is dismissed alone, by the name of its file', async () => {
  const images = show();
  await fireEvent.click(screen.getByRole('button', { name: 'Dismiss empty.png' }));
  expect(images.dismissRefusal).toHaveBeenCalledExactlyOnceWith('b');
  expect(images.dismissRefusals).not.toHaveBeenCalled();
});
