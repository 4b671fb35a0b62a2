import { exposeEngine } from './engine/expose';
import { PictureIntake } from './engine/intake-engine';

exposeEngine(new PictureIntake());
