import type { Attachment } from 'svelte/attachments';

/** How far a finger goes sideways before it means the next picture. */
const LEAST_PX = 60;

/** Calls `onmove` with 1 for a swipe to the left, the next one, and with -1 for one to the right. */
export function swipe(onmove: (step: 1 | -1) => void): Attachment<HTMLElement> {
  return (element) => {
    let start: Touch | undefined;

    function begin({ touches, target }: TouchEvent) {
      const [touch, second] = touches;
      start = second === undefined && !scrollsSideways(target, element) ? touch : undefined;
    }

    function end({ changedTouches: [touch] }: TouchEvent) {
      if (start === undefined || touch === undefined) return;
      const x = touch.clientX - start.clientX;
      const y = touch.clientY - start.clientY;
      start = undefined;
      const isSelecting = getSelection()?.isCollapsed === false;
      if (Math.abs(x) < LEAST_PX || Math.abs(x) < 2 * Math.abs(y) || isSelecting) return;
      onmove(x < 0 ? 1 : -1);
    }

    element.addEventListener('touchstart', begin, { passive: true });
    element.addEventListener('touchend', end, { passive: true });
    return () => {
      element.removeEventListener('touchstart', begin);
      element.removeEventListener('touchend', end);
    };
  };
}

/** Whether the finger is on something that it moves sideways, or writes in. */
function scrollsSideways(target: EventTarget | null, within: HTMLElement): boolean {
  let at = target instanceof HTMLElement ? target : null;
  while (at !== null && at !== within) {
    if (at.scrollWidth > at.clientWidth && getComputedStyle(at).overflowX !== 'visible')
      return getComputedStyle(at).overflowX !== 'hidden';
    if (at.matches('input, textarea, select')) return true;
    at = at.parentElement;
  }
  return false;
}
