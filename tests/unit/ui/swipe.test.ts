// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { swipe } from '../../../src/ui/detail/swipe';

afterEach(() => document.body.replaceChildren());

/** Something to swipe over, with a finger that goes from a place to another on `on`. */
function show(content = '') {
  const onmove = vi.fn();
  const element = document.createElement('article');
  element.innerHTML = content;
  document.body.append(element);
  const end = swipe(onmove)(element);
  const move = (x: number, y: number, on: Element = element, fingers = 1) => {
    const touch = (clientX: number, clientY: number) => ({ clientX, clientY }) as Touch;
    const fire = (type: string, touches: readonly Touch[]) =>
      on.dispatchEvent(
        Object.assign(new Event(type, { bubbles: true }), { touches, changedTouches: touches }),
      );
    fire('touchstart', Array<Touch>(fingers).fill(touch(200, 200)));
    fire('touchend', [touch(200 + x, 200 + y)]);
  };
  return { onmove, element, move, end };
}

test.each([
  [-100, 10, 1],
  [100, -20, -1],
])('a finger that goes %i px sideways and %i px down moves on by %i', (x, y, step) => {
  const { onmove, move } = show();
  move(x, y);
  expect(onmove).toHaveBeenCalledExactlyOnceWith(step);
});

test.each([
  [-40, 0],
  [-100, 80],
  [0, 300],
])('one that goes %i px sideways and %i px down does not', (x, y) => {
  const { onmove, move } = show();
  move(x, y);
  expect(onmove).not.toHaveBeenCalled();
});

test('neither do two fingers, nor one that moves what scrolls sideways', () => {
  const { onmove, move, element } = show('<div style="overflow-x: auto"><table></table></div>');
  move(-100, 0, element, 2);
  const wide = element.firstElementChild!;
  Object.defineProperty(wide, 'scrollWidth', { value: 900 });
  Object.defineProperty(wide, 'clientWidth', { value: 300 });
  move(-100, 0, wide.firstElementChild!);
  expect(onmove).not.toHaveBeenCalled();
});

test('nothing is heard when it is gone', () => {
  const { onmove, move, end } = show();
  if (end instanceof Function) end();
  move(-100, 0);
  expect(onmove).not.toHaveBeenCalled();
});
