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
import { visionFamily } from '../families/registry';
import { firstLogits, generate, prefill } from './generate';
import { yesNoTokens, yesProbability } from './logits';
import { fittedPicture } from './picture';
import { forkPrefix } from './prefix-cache';
import { reply } from './reply';
import { configureRuntime, watchDevice } from './runtime';
import type { TensorInputs, TokenInputs } from './transformers';

/** A prompt's beginning that is the same for every question, and what the decoder kept of it. */
interface Prefix {
  readonly ids: BigInt64Array;
  /** Every question continues from a fork of it. */
  readonly cache: DynamicCache;
}

interface Look {
  readonly image: PreparedImage;
  /** Undefined for families whose decoder starts with the answer. */
  readonly prefix: Prefix | undefined;
}

/** What a generation starts from. */
interface Start {
  readonly inputs: TokenInputs & TensorInputs;
  readonly cache?: DynamicCache;
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
      const family = visionFamily(request.family);
      if (family === undefined) {
        throw new AppError('model-broken', `${request.modelId} is no vision model`);
      }
      configureRuntime(request, request.device, request.threads);
      this.#loaded = await family.load(request);
      await watchDevice(request.device);
      return { loadMs: performance.now() - started };
    });
  }

  look(blob: Blob, imageId: string): Promise<Reply<LookReport>> {
    return reply(async () => {
      const loaded = this.#ready();
      await this.#makeRoom(imageId);
      const started = performance.now();
      const image = await loaded.prepare(await fittedPicture(blob, loaded.picture));
      const decoded = performance.now();
      this.#looks.set(imageId, { image, prefix: await prefixOf(loaded, image) });
      return { decodeMs: decoded - started, encodeMs: performance.now() - decoded };
    });
  }

  ask({ imageId, prompt, decode }: AskRequest, onText: OnText): Promise<Reply<Answer>> {
    return reply(async () => {
      const loaded = this.#ready();
      const look = this.#lookAt(imageId);
      if (loaded.answerTask !== undefined) {
        return loaded.answerTask({ question: prompt, image: look.image, decode, onText });
      }
      const { model, tokenizer, clean } = loaded;
      return generate({
        model,
        tokenizer,
        clean,
        decode,
        onText,
        ...startOf(loaded, look, prompt),
      });
    });
  }

  check({ imageId, questions }: CheckRequest): Promise<Reply<readonly number[]>> {
    return reply(async () => {
      const loaded = this.#ready();
      const look = this.#lookAt(imageId);
      if (loaded.answerTask !== undefined) {
        throw new AppError('model-broken', 'knows tasks and can not be asked yes or no');
      }
      const tokens = yesNoTokens(loaded.tokenizer);
      const found: number[] = [];
      for (const question of questions) {
        const { inputs, cache } = startOf(loaded, look, question);
        found.push(yesProbability(await firstLogits(loaded.model, inputs, cache), tokens));
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
      await look?.prefix?.cache.dispose();
    }
  }
}

async function prefixOf(loaded: LoadedVision, image: PreparedImage): Promise<Prefix | undefined> {
  if (loaded.answerTask !== undefined) return undefined;
  const prompt = loaded.prompt('', image);
  const beginning = head(prompt, loaded.prefixLength(prompt));
  const cache = await prefill(loaded.model, { ...beginning, ...image.vision, ...image.always });
  return { ids: idsOf(beginning), cache };
}

/**
 * A prompt with the cached prefix where it begins with it, which it does unless a tokenizer joins a question to what stands before
 * it; from the picture itself, whose features are known, where it does not.
 */
function startOf(loaded: LoadedVision, { image, prefix }: Look, question: string): Start {
  const prompt = loaded.prompt(question, image);
  const ids = idsOf(prompt);
  if (prefix?.ids.every((id, index) => ids[index] === id) === true) {
    return { inputs: { ...prompt, ...image.always }, cache: forkPrefix(prefix.cache) };
  }
  return { inputs: { ...prompt, ...image.always, ...image.vision } };
}

const idsOf = ({ input_ids }: TokenInputs) => input_ids.data as BigInt64Array;

/** The first `length` tokens of a prompt. */
function head({ input_ids, attention_mask }: TokenInputs, length: number): TokenInputs {
  return {
    input_ids: input_ids.slice(null, [0, length]),
    attention_mask: attention_mask.slice(null, [0, length]),
  };
}
