import type { HeldWeights } from './held-weights';
import type { JudgePort, VisionPort } from './runner/types';

/** A client that is made when it is first asked for something: its code is not needed for the first look at the page. */
class Later<Client extends { stop(): void }> {
  readonly #make: () => Promise<Client>;
  #made: Promise<Client> | undefined;

  constructor(make: () => Promise<Client>) {
    this.#make = make;
  }

  get(): Promise<Client> {
    return (this.#made ??= this.#make());
  }

  stop(): void {
    void this.#made?.then((client) => client.stop());
  }
}

export function laterVision(held: HeldWeights): VisionPort {
  const later = new Later(async () => {
    const { VisionClient } = await import('./vision');
    return new VisionClient(held);
  });
  return {
    load: async (...args) => (await later.get()).load(...args),
    watch: async (...args) => (await later.get()).watch(...args),
    prepare: async (...args) => (await later.get()).prepare(...args),
    look: async (...args) => (await later.get()).look(...args),
    ask: async (...args) => (await later.get()).ask(...args),
    check: async (...args) => (await later.get()).check(...args),
    stop: () => later.stop(),
  };
}

export function laterJudge(held: HeldWeights): JudgePort {
  const later = new Later(async () => {
    const { JudgeClient } = await import('./judge');
    return new JudgeClient(held);
  });
  return {
    load: async (...args) => (await later.get()).load(...args),
    questions: async (...args) => (await later.get()).questions(...args),
    watch: async (...args) => (await later.get()).watch(...args),
    judge: async (...args) => (await later.get()).judge(...args),
    stop: () => later.stop(),
  };
}
