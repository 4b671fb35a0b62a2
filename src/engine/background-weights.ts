import { JUDGE_MODELS, VISION_MODELS } from '../models/registry';
import { weightsNotWanted } from '../storage/forget';
import { Weights } from './weights';

/** Not in every browser. */
interface Connection {
  readonly saveData?: boolean;
}

/**
 * Brings the models that come with the app into the store while nothing else happens: one visit is then enough to work
 * without a network. Gives way to a run, which fetches what it needs with its progress on screen.
 */
export class BackgroundWeights {
  readonly #weights = new Weights();
  #isOver = false;

  /** @param onStored called after each model that is here now */
  async start(onStored: () => void = () => undefined): Promise<void> {
    const { connection } = navigator as { connection?: Connection };
    if (connection?.saveData === true) return;
    const notWanted = await weightsNotWanted().catch((): readonly string[] => []);
    for (const spec of [...VISION_MODELS, ...JUDGE_MODELS]) {
      if (notWanted.includes(spec.id)) continue;
      if (this.#isOver) return;
      try {
        await this.#weights.ensure(spec, () => undefined);
        onStored();
      } catch {
        return; // a run says what is wrong, where there is somebody to read it
      }
    }
    this.stop();
  }

  stop(): void {
    this.#isOver = true;
    this.#weights.stop();
  }
}
