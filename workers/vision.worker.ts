import { PICTURES } from './engine/beside';
import { exposeEngine } from './engine/expose';
import { PictureProcessor } from './engine/picture-engine';
import { TransformersVision } from './engine/vision-engine';

exposeEngine(self.name === PICTURES ? new PictureProcessor() : new TransformersVision());
