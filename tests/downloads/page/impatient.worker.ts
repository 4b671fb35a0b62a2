/** The app's weights worker, in a hurry: tests of faults can't wait for half a minute. */
import { exposeEngine } from '../../../workers/engine/expose';
import { WeightStore } from '../../../workers/engine/weights-engine';

exposeEngine(
  new WeightStore({ stallMs: 4000, pausesMs: [50, 100], limitedPausesMs: [50, 100, 200] }),
);
