import type { DynamicCache } from '@huggingface/transformers';
import { AppError, type Reply } from '../../src/core/errors';
import type {
  Answer,
  AskRequest,
  LoadReport,
  LoadRequest,
  LookReport,
  OnText,
  VisionEngine,
} from '../../src/core/protocol';
import { modelById } from '../../src/models/registry';
import type { LoadedVision, PreparedImage } from '../families/family';
import { VISION_FAMILIES } from '../families/registry';
import { generate, prefill } from './generate';
import { squarePicture } from './picture';
import { forkPrefix } from './prefix-cache';
import { reply } from './reply';
import { configureRuntime } from './runtime';
import type { TokenInputs } from './transformers';

interface Look {
  readonly image: PreparedImage;
  /** KV cache of the prompt up to the end of the picture: every question continues from a fork of it. */
  readonly prefix: DynamicCache;
}

/** One vision-language model: encodes a picture once and answers any number of prompts about it. */
export class TransformersVision implements VisionEngine {
  #loaded: LoadedVision | undefined;
  #look: Look | undefined;

  load(request: LoadRequest): Promise<Reply<LoadReport>> {
    return reply(async () => {
      const started = performance.now();
      const spec = modelById(request.modelId);
      if (spec === undefined || spec.family === 'llama') {
        throw new AppError('model-broken', `${request.modelId} is no vision model`);
      }
      configureRuntime(request, request.device, request.threads);
      this.#loaded = await VISION_FAMILIES[spec.family].load({
        ...request,
        precision: spec.precision,
      });
      return { loadMs: performance.now() - started };
    });
  }

  look(blob: Blob): Promise<Reply<LookReport>> {
    return reply(async () => {
      const loaded = this.#ready();
      await this.#forgetLook();
      const started = performance.now();
      const image = await loaded.prepare(await squarePicture(blob, loaded.squarePx));
      const decoded = performance.now();
      const prompt = loaded.prompt('', image);
      const prefix = await prefill(loaded.model, {
        ...head(prompt, loaded.prefixLength(prompt)),
        ...image.vision,
        ...image.always,
      });
      this.#look = { image, prefix };
      return { decodeMs: decoded - started, encodeMs: performance.now() - decoded };
    });
  }

  ask({ prompt, decode }: AskRequest, onText: OnText): Promise<Reply<Answer>> {
    return reply(async () => {
      const { model, tokenizer, ...loaded } = this.#ready();
      if (this.#look === undefined) throw new AppError('unknown', 'asked before a look');
      const { image, prefix } = this.#look;
      const inputs = { ...loaded.prompt(prompt, image), ...image.always };
      return generate({ model, tokenizer, inputs, cache: forkPrefix(prefix), decode, onText });
    });
  }

  #ready(): LoadedVision {
    if (this.#loaded === undefined) throw new AppError('model-broken', 'not loaded');
    return this.#loaded;
  }

  async #forgetLook(): Promise<void> {
    const look = this.#look;
    this.#look = undefined;
    await look?.prefix.dispose();
  }
}

/** The first `length` tokens of a prompt. */
function head({ input_ids, attention_mask }: TokenInputs, length: number): TokenInputs {
  return {
    input_ids: input_ids.slice(null, [0, length]),
    attention_mask: attention_mask.slice(null, [0, length]),
  };
}
