import type { Claim } from '../../src/core/claims';
import { AppError, type Reply } from '../../src/core/errors';
import { checkQuestion } from '../../src/core/evidence/check-question';
import { claimSentences } from '../../src/core/evidence/claim-sentences';
import { heldToClaims } from '../../src/core/evidence/hold';
import { rejection, traceSentences } from '../../src/core/evidence/trace';
import { weighClaims, type EvidenceText } from '../../src/core/evidence/weigh';
import { judgePrompt, subjects } from '../../src/core/judge-prompt';
import type {
  ClaimQuestion,
  DescriptionInput,
  JudgeEngine,
  JudgeRequest,
  LoadReport,
  LoadRequest,
  OnPulse,
  OnText,
} from '../../src/core/protocol';
import { textTable } from '../../src/core/text-table/table';
import type { Verdict } from '../../src/core/verdict';
import { CALIBRATIONS } from '../../src/models/registry';
import type { LoadedText } from '../families/family';
import { loadText } from '../families/text';
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

function evidenceTexts(descriptions: readonly DescriptionInput[]): EvidenceText[] {
  return descriptions.map(({ modelId, prompt, text }) => ({ modelId, promptId: prompt.id, text }));
}

/** A verdict always comes, also when no description makes a claim. */
const NOTHING_IN_COMMON = 'The descriptions make no claim that can be compared.';

const DEFAULT_BUDGET = { maxSubjects: 24, maxWordsPerDescription: 200, maxDescriptionsPerModel: 3 };

type Caption = Pick<Verdict, 'caption' | 'sentences' | 'writtenBy' | 'replaced' | 'dropped'>;

/** A caption in the judge's own words, unless it can't stand at all. */
function traced(text: string, claims: readonly Claim[]): Caption {
  const sentences = traceSentences(text, claims);
  const replaced = rejection(text, sentences, claims);
  if (replaced !== undefined) return consensus(replaced, claims);
  return { caption: text, sentences, writtenBy: 'judge', dropped: [] };
}

/** A caption of which every sentence stands on the claims. */
function held(text: string, claims: readonly Claim[]): Caption {
  const { caption, sentences, dropped } = heldToClaims(text, claims);
  if (!sentences.some(({ origin }) => origin === 'supported')) {
    const replaced = rejection(text, traceSentences(text, claims), claims);
    return consensus(replaced ?? 'Nothing the judge wrote is in the descriptions.', claims);
  }
  return { caption, sentences, writtenBy: 'judge', dropped };
}

function consensus(replaced: string, claims: readonly Claim[]): Caption {
  const caption = claimSentences(subjects(claims)).map((sentence) => sentence.text);
  const text = caption.length > 0 ? caption.join(' ') : NOTHING_IN_COMMON;
  return {
    caption: text,
    sentences: traceSentences(text, claims),
    writtenBy: 'consensus',
    replaced,
    dropped: [],
  };
}

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
    return reply(() => {
      const claims = weighClaims(evidenceTexts(descriptions), [], CALIBRATIONS);
      const questions = claims
        .slice(0, MAX_CHECKS)
        .map((claim) => ({ claimId: claim.id, kind: claim.kind, question: checkQuestion(claim) }));
      return Promise.resolve(questions);
    });
  }

  judge(
    request: JudgeRequest,
    onText: OnText,
  ): Promise<Reply<Omit<Verdict, 'device' | 'finishedAt'>>> {
    return reply(() =>
      this.#turns.take(async (turn) => {
        const texts = evidenceTexts(request.descriptions);
        const claims = weighClaims(texts, request.checks, CALIBRATIONS);
        const written = await this.#write(request, claims, onText, turn);
        const facts = {
          claims,
          textRows: await textTable(request.descriptions),
          judgeMs: written.generateMs,
          newTokens: written.tokenIds.length,
        };
        const isHeld = this.#loaded?.request.isHeldToClaims === true;
        return {
          ...(isHeld ? held(written.text, claims) : traced(written.text, claims)),
          ...facts,
        };
      }),
    );
  }

  async #write(
    { descriptions, decode }: JudgeRequest,
    claims: Verdict['claims'],
    onText: OnText,
    turn: Turn,
  ): Promise<Generated> {
    // A worker that only read claims and took the place of one that died: to be loaded like a new one.
    if (this.#loaded === undefined) throw new AppError('worker-died', 'not loaded');
    const loaded = this.#loaded;
    const { request, model, tokenizer, clean } = loaded;
    const question = judgePrompt(
      {
        claims,
        descriptions,
        modelCount: new Set(descriptions.map(({ modelId }) => modelId)).size,
      },
      request.judgeBudget ?? DEFAULT_BUDGET,
    );
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
