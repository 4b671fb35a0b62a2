import { AppError } from '../core/errors';
import type { LoadRequest, LoadTarget } from '../core/protocol';
import { modelById } from './registry';
import type { ModelSpec } from './spec';

/**
 * What a worker needs to load a model that the registry knows.
 * @throws AppError `model-broken` where it knows none of that id
 */
export function loadRequest(target: LoadTarget): LoadRequest {
  const spec = modelById(target.modelId);
  if (spec === undefined) throw new AppError('model-broken', `${target.modelId} is unknown`);
  const { family, precision, parts, picture, judgeBudget, isHeldToClaims } = spec;
  return {
    ...target,
    family,
    precision: parts ?? precision,
    ...(spec.source.kind === 'hub' ? { externalData: externalData(spec) } : {}),
    ...(picture === undefined ? {} : { picture }),
    ...(judgeBudget === undefined ? {} : { judgeBudget }),
    ...(isHeldToClaims === undefined ? {} : { isHeldToClaims }),
  };
}

/** `model.onnx_data`, `model.onnx_data_1`, …: the only names of external data that transformers.js knows. */
const DATA_FILE = /([^/]+\.onnx)_data(?:_\d+)?$/u;

function externalData({ files }: ModelSpec): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { path } of files) {
    const name = DATA_FILE.exec(path)?.[1];
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
