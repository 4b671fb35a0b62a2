/** @typedef {{ pressedAt: number, tokenBefore: number, textAt: number, tokenAt: number, stoppedAt: number }} StreamTimes */

/**
 * Notes in the page, from before the app begins, when Stop is pressed, when text that streams changes on screen, when a token comes from
 * a worker, and when the app says that it has stopped. Times are those of `performance.now()`, 0 before there was one.
 * @param {import('playwright').Page} page
 */
export function watchStreams(page) {
  return page.addInitScript(() => {
    /** @type {StreamTimes} */
    const times = { pressedAt: 0, tokenBefore: 0, textAt: 0, tokenAt: 0, stoppedAt: 0 };
    Object.assign(globalThis, { streamTimes: times });

    // The time of the press itself: what the main thread was busy with counts.
    const notePress = (/** @type {PointerEvent} */ { target, timeStamp }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button?.textContent.trim() !== 'Stop') return;
      times.pressedAt = timeStamp;
      times.tokenBefore = times.tokenAt;
    };
    addEventListener('pointerdown', notePress, { capture: true });

    const STREAMING = 'article.running .text, .writing';
    new MutationObserver((mutations) => {
      const now = performance.now();
      const isStreaming = mutations.some(({ type, target, addedNodes }) => {
        if (type === 'childList' && addedNodes.length === 0) return false;
        const element = target instanceof Element ? target : target.parentElement;
        return element?.closest(STREAMING) != null;
      });
      if (isStreaming) times.textAt = now;
      if (times.pressedAt <= times.stoppedAt) return;
      const line = document.querySelector('[role=group][aria-label=Run]')?.textContent;
      if (line?.includes('Stopped') === true) times.stoppedAt = now;
    }).observe(document, { subtree: true, childList: true, characterData: true });

    // A token is a call of the page's own function (comlink: APPLY) with the text so far.
    const noteToken = (/** @type {MessageEvent} */ { data }) => {
      const isText = data?.type === 'APPLY' && typeof data.argumentList?.[0]?.value === 'string';
      if (isText) times.tokenAt = performance.now();
    };
    const heard = new WeakSet();
    const { addEventListener: listen } = EventTarget.prototype;
    MessagePort.prototype.addEventListener = function (
      /** @type {Parameters<typeof listen>} */ ...given
    ) {
      if (!heard.has(this)) listen.call(this, 'message', /** @type {never} */ (noteToken));
      heard.add(this);
      listen.apply(this, given);
    };
  });
}

/** @param {import('playwright').Page} page @returns {Promise<StreamTimes & { now: number }>} */
export function streamTimes(page) {
  return page.evaluate(() => ({
    .../** @type {{ streamTimes: StreamTimes }} */ (/** @type {unknown} */ (globalThis))
      .streamTimes,
    now: performance.now(),
  }));
}
