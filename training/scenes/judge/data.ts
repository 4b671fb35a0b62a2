/**
 * Writes the judge's training examples, one JSON object a line: { "prompt", "answer" }.
 *   tsx scenes/judge/data.ts --split train --count 60000 --out work/judge-train.jsonl
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { type JudgeBudget, judgePrompt, subjects } from '../../../src/core/judge-prompt.ts';
import { type Random, seeded, seedOf } from '../random.ts';
import { claimsOf, describe } from './evidence.ts';
import { observed, truth } from './facts.ts';
import { targetText } from './target.ts';

/** What the embedded judge gets by with: the claims say it all, descriptions only show the tone. */
export const JUDGE_BUDGET: JudgeBudget = { maxSubjects: 10, maxWordsPerDescription: 8, maxDescriptionsPerModel: 1 };
/** Some examples have other lengths, so that another budget does no harm. */
const OTHER_WORDS = [2, 4, 6, 10, 12, 16, 24];

export interface Example {
  readonly prompt: string;
  readonly answer: string;
}

export function makeExample(random: Random): Example {
  const modelCount = 1 + random.weighted([0.08, 0.17, 0.7, 0.05]);
  const facts = truth(random);
  const error = random.between(0.3, 1.5);
  const views = Array.from({ length: modelCount }, () => observed(random, facts, error));
  const descriptions = describe(random, views);
  const all = claimsOf(random, descriptions);
  // Now and then hardly anything is left: one claim, or only a few.
  const claims = random.chance(0.05) ? all.slice(0, random.integer(1, 3)) : all;
  const words = random.chance(0.6) ? JUDGE_BUDGET.maxWordsPerDescription : random.pick(OTHER_WORDS);
  const budget = { ...JUDGE_BUDGET, maxWordsPerDescription: words };
  const prompt = judgePrompt({ claims, descriptions, modelCount }, budget);
  return { prompt, answer: targetText(subjects(claims).slice(0, budget.maxSubjects)) };
}

const { values } = parseArgs({
  options: { split: { type: 'string' }, count: { type: 'string' }, out: { type: 'string' } },
});
const { split, count, out } = values;
if (split === undefined || count === undefined || out === undefined) {
  throw new Error('needed: --split, --count, --out');
}
const stream = createWriteStream(out);
for (let index = 0; index < Number(count); index += 1) {
  const example = makeExample(seeded(seedOf(`judge-${split}`, index)));
  if (!stream.write(`${JSON.stringify(example)}\n`)) {
    await once(stream, 'drain');
  }
}
stream.end();
