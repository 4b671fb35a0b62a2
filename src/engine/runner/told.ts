import { WAITING } from '../../core/cell';
import type { RunnerEvents } from './types';

/** Remembers what was told to be running: after the end of a plan, or a stop, it waits again. */
export class Told {
  readonly #running = new Set<string>();
  readonly events: RunnerEvents;
  readonly #tell: RunnerEvents;

  constructor(events: RunnerEvents) {
    this.#tell = events;
    this.events = {
      ...events,
      cell: (key, state) => {
        if (state.status === 'running') this.#running.add(key);
        else this.#running.delete(key);
        events.cell(key, state);
      },
    };
  }

  returnToWaiting(): void {
    for (const key of this.#running) this.#tell.cell(key, WAITING);
  }
}
