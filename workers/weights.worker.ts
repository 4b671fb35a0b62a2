import { exposeEngine } from './engine/expose';
import { WeightStore } from './engine/weights-engine';

exposeEngine(new WeightStore());
