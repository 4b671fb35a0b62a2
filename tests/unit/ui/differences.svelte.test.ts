import 'fake-indexeddb/auto';
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { clear } from 'idb-keyval';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunBoard } from '../../../src/state/run-board.svelte';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import Differences from '../../../src/ui/detail/Differences.svelte';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from '../state/open-page';

const { id: A } = image('a');

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  await saveImageList([image('a')]);
});

afterEach(cleanup);

/** A run in which each model says what `answer` makes of it, with as many prompts. */
async function finished(prompts: number, models = 2): Promise<RunBoard> {
  const world = new FakeWorld();
  world.answer = ({ model }) => `${model} <b>sees</b> a cat`;
  world.judge = () => 'A cat sits here.';
  const app = await openPage(world);
  for (const { id } of app.setup.chosenPrompts.slice(prompts)) app.setup.togglePrompt(id);
  for (const { id } of app.setup.chosenModels.slice(models)) app.setup.toggleModel(id);
  await app.run.start();
  return app.run.board!;
}

const pickers = () => screen.getAllByRole<HTMLSelectElement>('combobox');
/** Labels of the texts that are chosen. */
const shown = () =>
  pickers().map(({ options, value }) => [...options].find((one) => one.value === value)?.text);

test('an edit is laid beside the verdict at once, with what is added and removed as elements and in words', async () => {
  const board = await finished(1);
  await board.write(A, 'A dog sits here.');
  const { container } = render(Differences, { board, imageId: A });
  expect(shown()).toEqual(['Caption, as judged', 'Your words']);
  const inline = container.querySelector('.narrow')!;
  expect(inline.querySelector('del')?.textContent).toBe(' removed: cat, end of removed ');
  expect(inline.querySelector('ins')?.textContent).toBe(' added: dog, end of added ');
  expect(screen.getByRole('status').textContent).toBe(
    '1 word only in A · 1 word only in B · 75 % in common',
  );
});

test('any two texts can be chosen and swapped; what a model writes is text', async () => {
  const board = await finished(1);
  const { container } = render(Differences, { board, imageId: A });
  const [left, right] = pickers();
  await fireEvent.change(left!, { target: { value: 'verdict' } });
  expect(shown()[0]).toBe('Caption, as judged');
  expect(container.querySelector('.wide b, .narrow b')).toBeNull();
  expect(container.querySelector('.wide')?.textContent).toContain('<b>');
  const before = shown();
  await fireEvent.click(screen.getByRole('button', { name: 'Swap the two texts' }));
  expect(shown()).toEqual(before.toReversed());
  await fireEvent.change(left!, { target: { value: 'verdict' } });
  await fireEvent.change(right!, { target: { value: 'verdict' } });
  expect(screen.getByRole('status').textContent).toContain('the same, word for word');
});

test('with one text only it says where another one comes from', async () => {
  const board = await finished(1, 1);
  board.sink.verdict(A, { status: 'waiting' });
  flushSync();
  render(Differences, { board, imageId: A });
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(screen.getByText(/^There is one text only/u).textContent).toContain('edit the caption');
});
