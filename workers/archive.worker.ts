import { ZipArchives } from './engine/archive/zip-archives';
import { exposeEngine } from './engine/expose';

exposeEngine(new ZipArchives());
