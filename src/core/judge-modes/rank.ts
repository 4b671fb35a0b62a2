import type { Claim } from '../claims';
import type { DescriptionInput } from '../protocol';
import type { Ranked } from './mode';

/** Claims that a description makes. */
export function claimsOf(
  { modelId, prompt }: Pick<DescriptionInput, 'modelId' | 'prompt'>,
  claims: readonly Claim[],
): Claim[] {
  return claims.filter(({ sources }) =>
    sources.some((source) => source.modelId === modelId && source.promptId === prompt.id),
  );
}

/**
 * Descriptions by the support of their claims, best first; equal ones stay in order. The score is the F1 that is to be expected if
 * a claim is true with the probability of its weight: what is said and true, twice, by what is said and what there is to say. So
 * neither the one that says little and surely wins, nor the one that says much.
 */
export function ranked(
  descriptions: readonly DescriptionInput[],
  claims: readonly Claim[],
): Ranked[] {
  const there = sum(claims);
  return descriptions
    .map((description) => {
      const own = claimsOf(description, claims);
      const all = own.length + there;
      const score = all === 0 ? 0 : (2 * sum(own)) / all;
      return { modelId: description.modelId, promptId: description.prompt.id, score };
    })
    .toSorted((a, b) => b.score - a.score);
}

/** The best description of each model, best first; where there is one model, its best ones. */
export function bestOf(ranking: readonly Ranked[], count: number): Ranked[] {
  const perModel = ranking.filter(
    ({ modelId }, at) => ranking.findIndex((other) => other.modelId === modelId) === at,
  );
  return (perModel.length < 2 ? ranking : perModel).slice(0, count);
}

export function descriptionOf<T extends Pick<DescriptionInput, 'modelId' | 'prompt'>>(
  { modelId, promptId }: Ranked,
  descriptions: readonly T[],
): T | undefined {
  return descriptions.find((one) => one.modelId === modelId && one.prompt.id === promptId);
}

function sum(claims: readonly Claim[]): number {
  return claims.reduce((total, { weight }) => total + weight, 0);
}
