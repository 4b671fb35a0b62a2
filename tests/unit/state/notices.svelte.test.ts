import { expect, test, vi } from 'vitest';
import { Notices } from '../../../src/state/notices.svelte';

test('undo takes the newest notice that offers it, and each only once', () => {
  const notices = new Notices();
  const undone: string[] = [];
  const offer = (text: string, label = 'Undo') =>
    notices.show({ text, tone: 'info', action: { label, run: () => undone.push(text) } });
  offer('first');
  offer('second');
  offer('no undo', 'Reload');
  notices.show({ text: 'nothing to do', tone: 'info' });
  expect(notices.undoLast()).toBe(true);
  expect(notices.undoLast()).toBe(true);
  expect(notices.undoLast()).toBe(false);
  expect(undone).toEqual(['second', 'first']);
  expect(notices.list.map(({ text }) => text)).toEqual(['no undo', 'nothing to do']);
});

test('what was undone does not go when its time has passed', () => {
  vi.useFakeTimers();
  const notices = new Notices();
  const onGone = vi.fn();
  notices.show(
    { text: 'removed', tone: 'info', action: { label: 'Undo', run: () => undefined } },
    { onGone },
  );
  notices.undoLast();
  vi.advanceTimersByTime(60_000);
  expect(onGone).not.toHaveBeenCalled();
  vi.useRealTimers();
});
