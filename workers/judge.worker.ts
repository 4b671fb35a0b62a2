import { exposeEngine } from './engine/expose';
import { TransformersJudge } from './engine/judge-engine';

exposeEngine(new TransformersJudge());
