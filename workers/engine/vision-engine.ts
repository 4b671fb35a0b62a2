import type { DynamicCache } from '@huggingface/transformers';
import { AppError, type Reply } from '../../src/core/errors';
import type {
  Answer,
  AskRequest,
  CheckRequest,
  LoadReport,
  LoadRequest,
  LookReport,
  OnText,
  VisionEngine,
} from '../../src/core/protocol';
import type { LoadedVision, PreparedImage } from '../families/family';
import { VISION_FAMILIES } from '../families/registry';
import { firstLogits, generate, prefill } from './generate';
import { yesNoTokens, yesProbability } from './logits';
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

/** The image that is described and the one before it, whose claims are checked meanwhile. */
const REMEMBERED_LOOKS = 2;

/** One vision-language model: encodes a picture once and answers any number of prompts about it. */
export class TransformersVision implements VisionEngine {
  #loaded: LoadedVision | undefined;
  readonly #looks = new Map<string, Look>();

  load(request: LoadRequest): Promise<Reply<LoadReport>> {
    return reply(async () => {
      const started = performance.now();
      if (request.family === 'llama') {
        throw new AppError('model-broken', `${request.modelId} is no vision model`);
      }
      configureRuntime(request, request.device, request.threads);
      this.#loaded = await VISION_FAMILIES[request.family].load(request);
      return { loadMs: performance.now() - started };
    });
  }

  look(blob: Blob, imageId: string): Promise<Reply<LookReport>> {
    return reply(async () => {
      const loaded = this.#ready();
      await this.#makeRoom(imageId);
      const started = performance.now();
      const image = await loaded.prepare(await squarePicture(blob, loaded.squarePx));
      const decoded = performance.now();
      const prompt = loaded.prompt('', image);
      const prefix = await prefill(loaded.model, {
        ...head(prompt, loaded.prefixLength(prompt)),
        ...image.vision,
        ...image.always,
      });
      this.#looks.set(imageId, { image, prefix });
      return { decodeMs: decoded - started, encodeMs: performance.now() - decoded };
    });
  }

  ask({ imageId, prompt, decode }: AskRequest, onText: OnText): Promise<Reply<Answer>> {
    return reply(async () => {
      const { model, tokenizer, ...loaded } = this.#ready();
      const { image, prefix } = this.#lookAt(imageId);
      const inputs = { ...loaded.prompt(prompt, image), ...image.always };
      return generate({ model, tokenizer, inputs, cache: forkPrefix(prefix), decode, onText });
    });
  }

  check({ imageId, questions }: CheckRequest): Promise<Reply<readonly number[]>> {
    return reply(async () => {
      const { model, tokenizer, ...loaded } = this.#ready();
      const { image, prefix } = this.#lookAt(imageId);
      const tokens = yesNoTokens(tokenizer);
      const found: number[] = [];
      for (const question of questions) {
        const inputs = { ...loaded.prompt(question, image), ...image.always };
        found.push(yesProbability(await firstLogits(model, inputs, forkPrefix(prefix)), tokens));
      }
      return found;
    });
  }

  #ready(): LoadedVision {
    if (this.#loaded === undefined) throw new AppError('model-broken', 'not loaded');
    return this.#loaded;
  }

  #lookAt(imageId: string): Look {
    const look = this.#looks.get(imageId);
    if (look === undefined) throw new AppError('unknown', 'asked before a look');
    return look;
  }

  async #makeRoom(imageId: string): Promise<void> {
    const oldest = [...this.#looks.keys()].filter((id) => id !== imageId);
    const gone = [imageId, ...oldest.slice(0, Math.max(0, oldest.length - REMEMBERED_LOOKS + 1))];
    for (const id of gone) {
      const look = this.#looks.get(id);
      this.#looks.delete(id);
      await look?.prefix.dispose();
    }
  }
}

/** The first `length` tokens of a prompt. */
function head({ input_ids, attention_mask }: TokenInputs, length: number): TokenInputs {
  return {
    input_ids: input_ids.slice(null, [0, length]),
    attention_mask: attention_mask.slice(null, [0, length]),
  };
}
