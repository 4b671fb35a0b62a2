/** A token of a small model takes less: the wait is then paid once in many of them. */
const EVERY_MS = 40;

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => {
  for (const go of waiting.splice(0)) go();
};
let last = 0;

/**
 * Lets messages in, if none could come for a while. On the CPU a whole generation is one chain of promises, in which a worker hears
 * nothing from the page until it is over: no stop, and no other call. (Timers wait 4 ms, a message to oneself does not.)
 */
export async function breathe(): Promise<void> {
  if (performance.now() - last < EVERY_MS) return;
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
  last = performance.now();
}
