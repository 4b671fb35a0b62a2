import { weighClaims } from '../../src/core/evidence/weigh';
import { toldCaption } from '../../src/core/judge-modes/caption';
import { JUDGE_MODES } from '../../src/core/run';
import { addUp, claimsOf, f1, score, total } from '../../src/evaluation/score';
import { majorityClaims } from '../../src/evaluation/majority';
import type { Contender } from '../../src/evaluation/report';
import { modelName, VISION_MODELS } from '../../src/models/registry';
import type { Result, SavedVerdict } from './journal';
import type { SetImage } from './sets';

export interface Described {
  readonly image: SetImage;
  readonly result: Result;
}

const textOf = ({ result }: Described, modelId: string): string =>
  (result.descriptions.get(modelId) ?? []).join('\n');

/** Every way to describe the set: each model, their majority, the judge in each mode. */
export function contendersOf(described: readonly Described[]): Contender[] {
  const ids = VISION_MODELS.map(({ id }) => id);
  const singles = ids.map((id) => ({
    name: modelName(id),
    role: 'single' as const,
    images: described.map((one) => score(claimsOf(textOf(one, id)), one.image.facts)),
  }));
  const majority = {
    name: 'majority vote',
    role: 'vote' as const,
    images: described.map((one) =>
      score(majorityClaims(ids.map((id) => textOf(one, id))), one.image.facts),
    ),
  };
  const judges = JUDGE_MODES.map((mode) => ({
    name: `judge, ${mode}`,
    role: 'judge' as const,
    images: described.map(({ image, result }) =>
      score(claimsOf(result.verdicts.get(mode)?.caption ?? ''), image.facts),
    ),
  }));
  return [...singles, ...selfOf(described), majority, ...judges, ...controlsOf(described)];
}

/** Id of the single model that does best on these very images. */
export function bestModel(described: readonly Described[]): string {
  const scores = VISION_MODELS.map(({ id }) => ({
    id,
    score: f1(
      addUp(described.map((one) => total(score(claimsOf(textOf(one, id)), one.image.facts)))),
    ),
  }));
  return scores.toSorted((a, b) => b.score - a.score)[0]?.id ?? '';
}

/**
 * The best model asked several times, sampled, and its answers fused: by the same weighing of claims as the answers of several
 * models, and told in the claims' own words, as the judge is held to.
 */
function selfOf(described: readonly Described[]): Contender[] {
  if (described.some(({ result }) => result.samples.size === 0)) return [];
  return [
    {
      name: `${modelName(bestModel(described))}, asked three times and fused`,
      role: 'vote',
      images: described.map(({ image, result }) => {
        const texts = [...result.samples].flatMap(([how, answers]) =>
          answers.map((text, at) => ({ modelId: how, promptId: String(at), text })),
        );
        const claims = weighClaims(texts);
        return score(claimsOf(toldCaption(claims, { claims }).caption), image.facts);
      }),
    },
  ];
}

/** One model that was shown all styles, asked once, and three times with a majority vote: no single model of the app. */
function controlsOf(described: readonly Described[]): Contender[] {
  const images = described.flatMap(({ image }) =>
    image.control === undefined ? [] : [{ facts: image.facts, control: image.control }],
  );
  if (images.length < described.length) return [];
  const once = images.map(({ facts, control }) =>
    score(claimsOf((control.once ?? []).join('\n')), facts),
  );
  const thrice = images.map(({ facts, control }) => {
    const samples = Object.entries(control).filter(([name]) => name !== 'once');
    return score(majorityClaims(samples.map(([, texts]) => texts.join('\n'))), facts);
  });
  return [
    { name: 'control, all styles, asked once', role: 'control', images: once },
    { name: 'control, asked three times', role: 'control', images: thrice },
  ];
}

/** Shares of verdicts and of their facts that tell how the judge wrote. */
export interface JudgeHabits {
  readonly byJudge: number;
  readonly ownSentences: number;
  readonly claimsNobodyMade: number;
}

export function habitsOf(described: readonly Described[], mode: string): JudgeHabits {
  const verdicts = described.flatMap(({ result }) => result.verdicts.get(mode) ?? []);
  const sentences = verdicts.flatMap((verdict) => verdict.sentences);
  const said = verdicts.map((verdict) => inventedOf(verdict));
  const sum = (of: (one: (typeof said)[number]) => number) => said.reduce((a, b) => a + of(b), 0);
  return {
    byJudge: share(verdicts, ({ writtenBy }) => writtenBy === 'judge'),
    ownSentences: share(sentences, ({ origin }) => origin === 'supported'),
    claimsNobodyMade:
      sum(({ invented }) => invented) /
      Math.max(
        1,
        sum(({ all }) => all),
      ),
  };
}

/** Claims of a caption that no description makes. That one thing is one is not counted: "a dog" says it by the way. */
function inventedOf({ caption, claims }: SavedVerdict): { all: number; invented: number } {
  const known = new Set(claims.map(({ kind, subject, value }) => `${kind} ${subject} ${value}`));
  const told = claimsOf(caption).filter(({ kind, value }) => kind !== 'count' || value !== '1');
  const invented = told.filter(
    ({ kind, subject, value }) => !known.has(`${kind} ${subject} ${value}`),
  );
  return { all: told.length, invented: invented.length };
}

function share<T>(all: readonly T[], is: (one: T) => boolean): number {
  return all.filter(is).length / Math.max(1, all.length);
}
