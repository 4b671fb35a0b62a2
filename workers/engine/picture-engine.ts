import { AutoImageProcessor } from '@huggingface/transformers';
import { transfer } from 'comlink';
import { AppError, type Reply } from '../../src/core/errors';
import type {
  LoadRequest,
  PictureEngine,
  PictureRequest,
  ProcessedPicture,
} from '../../src/core/protocol';
import { applyRule, fromPretrained, type ImageProcessorSettings } from '../families/family';
import { fittedPicture } from './picture';
import { memoryOf, packed } from './picture-tensors';
import { reply } from './reply';
import { configureRuntime } from './runtime';
import type { ImageProcessor } from './transformers';

type Process = ImageProcessor & ImageProcessorSettings;

/** Decodes and preprocesses pictures for a vision worker, beside it: no model is loaded here, only how pictures are processed for it. */
export class PictureProcessor implements PictureEngine {
  #process: Process | undefined;

  load(request: LoadRequest): Promise<Reply<null>> {
    return reply(async () => {
      // Some processors resize by a graph of their own, on the CPU.
      configureRuntime(request, 'wasm', 1);
      const process = await fromPretrained<Process>(AutoImageProcessor, request);
      applyRule(process, request.picture);
      this.#process = process;
      return null;
    });
  }

  process({ picture, fit, options }: PictureRequest): Promise<Reply<ProcessedPicture>> {
    return reply(async () => {
      if (this.#process === undefined) throw new AppError('worker-died', 'not loaded');
      const found = packed(await this.#process(await fittedPicture(picture, fit), options));
      return transfer(found, memoryOf(found));
    });
  }
}
