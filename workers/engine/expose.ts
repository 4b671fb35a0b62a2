import { expose } from 'comlink';
import type { Lifeline } from '../../src/core/protocol';

/**
 * Makes an engine callable from the page, with the two things that Comlink lacks: a rejected promise inside
 * a worker raises no event on the page's Worker object (thrown again it does), and a worker that is gone
 * says nothing (a lock that it held is free then).
 */
export function exposeEngine(engine: object): void {
  self.addEventListener('unhandledrejection', ({ reason }) => {
    throw reason;
  });
  const lifeline: Lifeline = { holdLifeline };
  expose(Object.assign(engine, lifeline));
}

/** Resolves when this worker holds the lock, which it does until it ends, however it ends. */
function holdLifeline(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => {
        resolve();
        return new Promise<never>(() => undefined);
      })
      .catch(reject);
  });
}
