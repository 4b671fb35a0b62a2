import { DatasetReader } from './engine/datasets/dataset-engine';
import { exposeEngine } from './engine/expose';

exposeEngine(new DatasetReader());
