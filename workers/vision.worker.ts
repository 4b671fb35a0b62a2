import { exposeEngine } from './engine/expose';
import { TransformersVision } from './engine/vision-engine';

exposeEngine(new TransformersVision());
