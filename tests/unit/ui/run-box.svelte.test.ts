import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { PlanSize } from '../../../src/state/setup.svelte';
import RunBox from '../../../src/ui/setup/RunBox.svelte';

afterEach(cleanup);

const plan: PlanSize = {
  images: 3,
  skipped: 0,
  models: 3,
  prompts: 3,
  descriptions: 27,
  verdicts: 3,
  toDownloadBytes: null,
};
const idle = { active: false, onrun: vi.fn(), ongoto: vi.fn() };

test('the run button says how much work it is', () => {
  render(RunBox, { ...idle, plan, missing: [] });
  expect(
    screen.getByText('3 pictures × 3 models × 3 prompts = 27 descriptions, 3 verdicts'),
  ).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(false);
});

test('without a judge no verdicts are promised', () => {
  render(RunBox, {
    ...idle,
    plan: { ...plan, images: 1, descriptions: 9, verdicts: 0 },
    missing: [],
  });
  expect(screen.getByText('1 picture × 3 models × 3 prompts = 9 descriptions')).toBeTruthy();
});

test('the run button waits for what is missing, and the sentence goes there', async () => {
  const ongoto = vi.fn();
  render(RunBox, { ...idle, ongoto, plan, missing: ['images', 'prompts'] });
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
  await fireEvent.click(screen.getByRole('button', { name: 'Choose at least one picture' }));
  expect(ongoto).toHaveBeenCalledExactlyOnceWith('images');
});

test('what is skipped is counted, and a set-up with nothing else says what to do', async () => {
  render(RunBox, { ...idle, plan: { ...plan, skipped: 2 }, missing: [] });
  expect(screen.getByText(/27 descriptions, 3 verdicts\. 2 pictures skipped\./u)).toBeTruthy();
  cleanup();
  const ongoto = vi.fn();
  render(RunBox, { ...idle, ongoto, plan: { ...plan, images: 0, skipped: 3 }, missing: ['skip'] });
  await fireEvent.click(screen.getByRole('button', { name: /^Every picture is described/u }));
  expect(ongoto).toHaveBeenCalledExactlyOnceWith('skip');
});

test('how long it takes is said where it is known', () => {
  render(RunBox, { ...idle, plan, missing: [], expectedMs: 240_000 });
  expect(screen.getByText(/27 descriptions, 3 verdicts\. About 4 min\./u)).toBeTruthy();
});

test.each([
  [0, 'Nothing to download'],
  [1_900_000_000, '1.9 GB to download'],
])('what is to be downloaded is said before it is', (toDownloadBytes, words) => {
  render(RunBox, { ...idle, plan: { ...plan, toDownloadBytes }, missing: [] });
  expect(screen.getByText(`27 descriptions, 3 verdicts. ${words}.`, { exact: false })).toBeTruthy();
});
