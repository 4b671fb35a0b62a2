import type { CheckedClaim } from '../../src/core/claims';
import { AppError, type Reply } from '../../src/core/errors';
import { checkQuestion } from '../../src/core/evidence/check-question';
import { lexiconFor } from '../../src/core/evidence/lexicon/load';
import type { AcceptedPicture } from '../../src/core/evidence/learn/observe';
import { weighClaims } from '../../src/core/evidence/weigh';
import {
  selectedCaption,
  toldCaption,
  writtenCaption,
  type Traceable,
} from '../../src/core/judge-modes/caption';
import { MODES } from '../../src/core/judge-modes/modes';
import { judgePrompt, type JudgeInput } from '../../src/core/judge-prompt';
import type {
  ClaimQuestion,
  DescriptionInput,
  JudgeEngine,
  JudgeRequest,
  Lesson,
  LoadReport,
  LoadRequest,
  OnPulse,
  OnText,
} from '../../src/core/protocol';
import { textTable } from '../../src/core/text-table/table';
import type { Verdict } from '../../src/core/verdict';
import { CALIBRATIONS, PLAIN_SPOKEN } from '../../src/models/registry';
import { readCalibrations } from '../../src/storage/calibration-schema';
import type { LoadedText } from '../families/family';
import { loadText } from '../families/text';
import { spoken } from './judge-reads';
import { lessonFrom } from './learn';
import { generate, type Generated } from './generate';
import { reply } from './reply';
import { configureRuntime, watchDevice } from './runtime';
import { SessionWatch } from './session-watch';
import { Turns, type Turn } from './turn';

interface LoadedJudge extends LoadedText {
  readonly request: LoadRequest;
}

/** Claims of one image that every model is asked about, heaviest first. */
const MAX_CHECKS = 48;

/** What the descriptions claim, weighed; read with a lexicon where a model's English is not known. */
async function weighed(
  descriptions: readonly DescriptionInput[],
  checks: readonly CheckedClaim[],
  learned: unknown = {},
): Promise<Traceable> {
  const texts = descriptions.map(({ modelId, prompt, text }) => ({
    modelId,
    promptId: prompt.id,
    text,
  }));
  const lexicon = await lexiconFor(texts, PLAIN_SPOKEN);
  // What was measured stands above what was learned.
  const calibrations = { ...readCalibrations(learned), ...CALIBRATIONS };
  return {
    claims: weighClaims(texts, checks, calibrations, { plain: PLAIN_SPOKEN, lexicon }),
    lexicon,
  };
}

const DEFAULT_BUDGET = { maxSubjects: 24, maxWordsPerDescription: 200, maxDescriptionsPerModel: 3 };

/**
 * Weighs the claims in code and lets a language model write the prose. What it writes is held to the
 * claims: an answer that can't stand is replaced by the consensus, and the verdict says so.
 */
export class TransformersJudge implements JudgeEngine {
  #loaded: LoadedJudge | undefined;
  readonly #turns = new Turns();
  readonly #watch = new SessionWatch();

  watch(onPulse: OnPulse): Promise<Reply<null>> {
    return reply(() => {
      this.#watch.tell(onPulse);
      return Promise.resolve(null);
    });
  }

  interrupt(): Promise<Reply<null>> {
    return reply(() => {
      this.#turns.interrupt();
      return Promise.resolve(null);
    });
  }

  load(request: LoadRequest): Promise<Reply<LoadReport>> {
    return reply(async () => {
      const started = performance.now();
      configureRuntime(request, request.device, request.threads);
      const loaded = await loadText(request.family, request);
      this.#watch.attach(loaded.model);
      this.#loaded = { request, ...loaded };
      await watchDevice(request.device);
      return { loadMs: performance.now() - started };
    });
  }

  questions(descriptions: readonly DescriptionInput[]): Promise<Reply<readonly ClaimQuestion[]>> {
    return reply(async () => {
      const { claims } = await weighed(descriptions, []);
      return claims
        .slice(0, MAX_CHECKS)
        .map((claim) => ({ claimId: claim.id, kind: claim.kind, question: checkQuestion(claim) }));
    });
  }

  learn(
    pictures: readonly AcceptedPicture[],
    onRead: (count: number) => void,
  ): Promise<Reply<Lesson>> {
    return reply(() => lessonFrom(pictures, onRead));
  }

  judge(
    request: JudgeRequest,
    onText: OnText,
  ): Promise<Reply<Omit<Verdict, 'device' | 'finishedAt'>>> {
    return reply(() => this.#turns.take((turn) => this.#judge(request, onText, turn)));
  }

  async #judge(
    request: JudgeRequest,
    onText: OnText,
    turn: Turn,
  ): Promise<Omit<Verdict, 'device' | 'finishedAt'>> {
    const all = await weighed(request.descriptions, request.checks, request.calibrations);
    const { claims } = all;
    const way = request.way ?? { mode: 'fuse' };
    const plan = MODES[way.mode].plan({ descriptions: request.descriptions, claims });
    const facts = {
      claims,
      textRows: await textTable(request.descriptions),
      way,
      ...('ranking' in plan ? { ranking: plan.ranking } : {}),
    };
    if (plan.kind !== 'write') {
      const caption =
        plan.kind === 'text' ? selectedCaption(plan.text, all) : toldCaption(plan.claims, all);
      return { ...caption, ...facts, judgeMs: 0, newTokens: 0 };
    }
    const inOrder = way.order === 'reversed' ? plan.descriptions.toReversed() : plan.descriptions;
    const input = {
      claims: plan.claims,
      descriptions: inOrder.flatMap(spoken),
      modelCount: new Set(request.descriptions.map(({ modelId }) => modelId)).size,
    };
    const written = await this.#write(request.decode, onText, input, turn);
    const isHeld = this.#loaded?.request.isHeldToClaims === true;
    return {
      ...writtenCaption(written.text, plan.claims, all, isHeld),
      ...facts,
      judgeMs: written.generateMs,
      newTokens: written.tokenIds.length,
    };
  }

  async #write(
    decode: JudgeRequest['decode'],
    onText: OnText,
    input: JudgeInput,
    turn: Turn,
  ): Promise<Generated> {
    // A worker that only read claims and took the place of one that died: to be loaded like a new one.
    if (this.#loaded === undefined) throw new AppError('worker-died', 'not loaded');
    const loaded = this.#loaded;
    const { request, model, tokenizer, clean } = loaded;
    const question = judgePrompt(input, request.judgeBudget ?? DEFAULT_BUDGET);
    return generate({
      model,
      tokenizer,
      clean,
      inputs: { ...loaded.prompt(question) },
      decode,
      onText,
      turn,
    });
  }
}
