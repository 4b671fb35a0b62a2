import { AutoModelForCausalLM, AutoTokenizer } from '@huggingface/transformers';
import { AppError, type Reply } from '../../src/core/errors';
import { consensusCaption } from '../../src/core/evidence/consensus';
import { textRows } from '../../src/core/evidence/text-rows';
import { rejection, traceSentences } from '../../src/core/evidence/trace';
import { weighClaims } from '../../src/core/evidence/weigh';
import { judgePrompt } from '../../src/core/judge-prompt';
import type {
  JudgeEngine,
  JudgeRequest,
  LoadReport,
  LoadRequest,
  OnText,
} from '../../src/core/protocol';
import type { Verdict } from '../../src/core/verdict';
import { modelById } from '../../src/models/registry';
import type { ModelSpec } from '../../src/models/spec';
import { plainText, fromPretrained } from '../families/family';
import { generate, type Generated } from './generate';
import { reply } from './reply';
import { configureRuntime } from './runtime';
import type { GenerativeModel, TextTokenizer } from './transformers';

interface LoadedJudge {
  readonly spec: ModelSpec;
  readonly model: GenerativeModel;
  readonly tokenizer: TextTokenizer;
}

/** A verdict always comes, also when no description makes a claim. */
const NOTHING_IN_COMMON = 'The descriptions make no claim that can be compared.';

const DEFAULT_BUDGET = { maxClaims: 32, maxWordsPerDescription: 200 };

/**
 * Weighs the claims in code and lets a language model write the prose. What it writes is held to the
 * claims: an answer that can't stand is replaced by the consensus, and the verdict says so.
 */
export class TransformersJudge implements JudgeEngine {
  #loaded: LoadedJudge | undefined;

  load(request: LoadRequest): Promise<Reply<LoadReport>> {
    return reply(async () => {
      const started = performance.now();
      const spec = modelById(request.modelId);
      if (spec === undefined) throw new AppError('model-broken', `${request.modelId} is unknown`);
      configureRuntime(request, request.device, request.threads);
      const options = { ...request, precision: spec.precision };
      const model = await fromPretrained<GenerativeModel>(AutoModelForCausalLM, options);
      const tokenizer = await fromPretrained<TextTokenizer>(AutoTokenizer, options);
      this.#loaded = { spec, model, tokenizer };
      return { loadMs: performance.now() - started };
    });
  }

  judge(
    request: JudgeRequest,
    onText: OnText,
  ): Promise<Reply<Omit<Verdict, 'device' | 'finishedAt'>>> {
    return reply(async () => {
      const texts = request.descriptions.map(({ modelId, prompt, text }) => ({
        modelId,
        promptId: prompt.id,
        text,
      }));
      const claims = weighClaims(texts, request.checks);
      const written = await this.#write(request, claims, onText);
      const sentences = traceSentences(written.text, claims);
      const replaced = rejection(written.text, sentences, claims);
      const facts = {
        claims,
        textRows: textRows(claims),
        judgeMs: written.generateMs,
        newTokens: written.tokenIds.length,
      };
      if (replaced === undefined) {
        return { caption: written.text, sentences, writtenBy: 'judge', ...facts };
      }
      const caption = consensusCaption(claims) || NOTHING_IN_COMMON;
      return {
        caption,
        sentences: traceSentences(caption, claims),
        writtenBy: 'consensus',
        replaced,
        ...facts,
      };
    });
  }

  async #write(
    { descriptions, decode }: JudgeRequest,
    claims: Verdict['claims'],
    onText: OnText,
  ): Promise<Generated> {
    if (this.#loaded === undefined) throw new AppError('model-broken', 'not loaded');
    const { spec, model, tokenizer } = this.#loaded;
    const question = judgePrompt(
      {
        claims,
        descriptions,
        modelCount: new Set(descriptions.map(({ modelId }) => modelId)).size,
      },
      spec.judgeBudget ?? DEFAULT_BUDGET,
    );
    const text = tokenizer.apply_chat_template([{ role: 'user', content: plainText(question) }], {
      tokenize: false,
      add_generation_prompt: true,
    });
    const inputs = { ...tokenizer(text, { add_special_tokens: false }) };
    return generate({ model, tokenizer, inputs, decode, onText });
  }
}
