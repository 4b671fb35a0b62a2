import type { Claim } from '../../../src/core/claims.ts';
import { type EvidenceText, weighClaims } from '../../../src/core/evidence/weigh.ts';
import { PREDEFINED_PROMPTS } from '../../../src/core/prompts.ts';
import { at, type Random } from '../random.ts';
import { answer, READS, type Task, VOICES } from '../speak.ts';
import type { Facts } from './facts.ts';

export interface Description extends EvidenceText {
  readonly modelName: string;
}

/** Names as the app shows them, and some that it may show one day. */
const MODEL_NAMES = [
  'Mini Qwen2-VL', 'Mini Phi-3-V', 'Mini Moondream', 'SmolVLM 256M', 'Qwen2-VL 2B', 'Florence-2 base', 'Model A', 'Model B',
]; // prettier-ignore

/** Many runs ask one prompt, many the three that the app chooses at first. */
const USUAL_TASKS: readonly Task[] = ['comprehensive', 'extensive', 'objects'];

function tasks(random: Random): Task[] {
  const count = 1 + random.weighted([0.45, 0.2, 0.35]);
  if (count === 3) return [...USUAL_TASKS];
  const pool = random.chance(0.8) ? USUAL_TASKS : PREDEFINED_PROMPTS.map(({ id }) => id as Task);
  return random.sample(pool, count);
}

/** Every model answers every prompt, in the voices of the embedded models. */
export function describe(random: Random, views: readonly Facts[]): Description[] {
  const first = random.chance(0.5) ? 0 : random.integer(0, VOICES.length - 1);
  const names = random.chance(0.5) ? MODEL_NAMES : random.sample(MODEL_NAMES, MODEL_NAMES.length);
  const asked = tasks(random);
  const everybodyReads = random.chance(0.4);
  return views.flatMap((facts, index) => {
    const voice = at(VOICES, (first + index) % VOICES.length);
    const modelName = at(names, index);
    return asked.map((task) => {
      const text = answer(voice, task, facts);
      // One embedded model reads; of larger ones all do.
      const also = voice !== READS && facts.sign !== null && facts.sign.text !== null && everybodyReads;
      return { modelId: modelName, modelName, promptId: task, text: also ? `${text} A sign says "${facts.sign.text}".` : text };
    });
  });
}

/** The app's own claims. Mostly checks have moved the weights: any weight can stand beside any support. */
export function claimsOf(random: Random, descriptions: readonly Description[]): Claim[] {
  const claims = weighClaims(descriptions);
  if (random.chance(0.25)) return claims;
  const trust = random.between(0.3, 1);
  return claims
    .map((claim) => ({ ...claim, weight: trust * claim.weight + (1 - trust) * random.next() }))
    .sort((a, b) => b.weight - a.weight);
}
