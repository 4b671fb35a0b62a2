import { checkKey } from '../../core/cell';
import type { CheckedClaim } from '../../core/claims';
import { shortHash } from '../../core/hash';
import type { ImageItem } from '../../core/image';
import type { ClaimQuestion } from '../../core/protocol';
import type { RunModel } from '../../core/run';
import { canCheck } from '../../models/registry';
import type { RunnerPorts } from './types';

interface Asked {
  readonly image: ImageItem;
  readonly model: RunModel;
  readonly ports: RunnerPorts;
  /** Probabilities of "yes"; empty where the model could not be asked. */
  readonly ask: (questions: readonly string[]) => Promise<readonly number[]>;
}

/** One model's answers to the claims about one image: from the journal where it has them, else asked and saved. */
export async function answerQuestions(
  questions: readonly ClaimQuestion[],
  { image, model, ports, ask }: Asked,
): Promise<CheckedClaim[]> {
  const own = await Promise.all(
    questions
      .filter(({ kind }) => canCheck(model.id, kind))
      .map(async ({ claimId, question }) => {
        const key = checkKey(image.sha256, model, await shortHash(question));
        return { claimId, question, key };
      }),
  );
  const saved = await ports.savedRecords(own.map(({ key }) => key));
  const known = own.flatMap(({ claimId }, index) => {
    const record = saved[index];
    return record?.kind === 'check' ? [{ claimId, modelId: model.id, yes: record.yes }] : [];
  });
  const open = own.filter((_, index) => saved[index]?.kind !== 'check');
  if (open.length === 0) return known;
  const answers = await ask(open.map(({ question }) => question));
  const fresh = open.flatMap(({ claimId, key }, index) => {
    const yes = answers[index];
    return yes === undefined ? [] : [{ claimId, modelId: model.id, yes, key }];
  });
  await ports.saveRecords(fresh.map(({ key, yes }) => [key, { kind: 'check', yes }] as const));
  return [...known, ...fresh.map(({ claimId, modelId, yes }) => ({ claimId, modelId, yes }))];
}
