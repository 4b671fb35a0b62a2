import { ARCHITECTURES } from './architectures';
import type { HubModel } from './hub-model';
import type { Plan } from './plan';
import type { ModelFile, ModelSpec } from './spec';
import { workingShape } from './working-shape';

/** What the Hub tells of a repository beside its files. */
export interface RepositoryNames {
  /** `owner/name` as the Hub writes it. */
  readonly repository: string;
  /** Full commit id: what was planned is pinned to it. */
  readonly commit: string;
  readonly licence: { readonly id: string; readonly name?: string } | null;
}

/**
 * A planned repository as the app's other models are known.
 * @param model its entry of the catalogue, where it has one
 * @param config the repository's `config.json`
 */
export function hubSpec(
  { repository, commit, licence }: RepositoryNames,
  plan: Plan<ModelFile>,
  model?: HubModel,
  config?: unknown,
): ModelSpec {
  const { family, precision, parts, files } = plan;
  const { sees, canJudge, canCheck, modelType } = ARCHITECTURES[family];
  const working = workingShape(config, family, model?.picture);
  return {
    id: repository,
    name: model?.name ?? repository.slice(repository.indexOf('/') + 1),
    role: sees ? 'vision' : 'judge',
    ...(sees && canJudge ? { alsoJudges: true } : {}),
    family,
    revision: commit,
    precision,
    parts,
    files,
    source: { kind: 'hub', repository },
    licence: model?.licence.name ?? licence?.name ?? licence?.id ?? 'unknown',
    summary:
      model?.summary ?? `A model of the kind ${modelType}; nothing more is known of it here.`,
    figures: {},
    // Absent: all kinds of claims but languages.
    ...(sees && !canCheck ? { checks: [] } : {}),
    ...(model?.follows === undefined ? {} : { follows: model.follows }),
    ...(model?.picture === undefined ? {} : { picture: model.picture }),
    ...(working === undefined ? {} : { working }),
    ...(model?.judgeBudget === undefined ? {} : { judgeBudget: model.judgeBudget }),
  };
}
