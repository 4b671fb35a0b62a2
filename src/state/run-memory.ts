import type { DeviceLimits } from '../core/device-fit';
import { DEFAULT_DECODE, type DecodeSettings } from '../core/decode';
import { isHalfFloat } from '../core/precision';
import type { Device, Run } from '../core/run';
import { togetherOf, type Together } from '../core/together';
import { workingBytes } from '../core/working-memory';
import { bytesOfParts, precisionOfParts } from '../models/parts';
import { modelById } from '../models/registry';
import type { ModelSpec } from '../models/spec';

/** Bytes that a model works in beside its weights. */
export function workingBytesOf(
  spec: ModelSpec,
  device: Device,
  decode: DecodeSettings = DEFAULT_DECODE,
): number {
  const isHalf = device === 'webgpu' && Object.values(precisionOfParts(spec)).some(isHalfFloat);
  return workingBytes(spec.working, decode, isHalf ? 2 : 4);
}

/** Where models are to work, and how. */
export interface Workplace {
  readonly device: Device;
  readonly decode: DecodeSettings;
  readonly limits: DeviceLimits | null;
}

/** Bytes of a model in memory: its weights, and what it works in. */
export function memoryBytesOf(spec: ModelSpec, { device, decode }: Workplace): number {
  const weights = Object.values(bytesOfParts(spec.files)).reduce((sum, bytes) => sum + bytes, 0);
  return weights + workingBytesOf(spec, device, decode);
}

/** What of these models may be in memory at the same time. Before the browser was asked: everything. */
export function togetherOfModels(
  models: readonly ModelSpec[],
  judge: ModelSpec | null,
  place: Workplace,
): Together {
  if (place.limits === null) return 'all';
  const bytesOf = (spec: ModelSpec) => memoryBytesOf(spec, place);
  const judgeBytes = judge === null ? null : bytesOf(judge);
  return togetherOf(models.map(bytesOf), judgeBytes, place.limits.deviceMemoryBytes);
}

/** The same of a run; models that are not known any more count nothing. */
export function togetherOfRun(run: Run, limits: DeviceLimits | null): Together {
  const { models, judge, device, decode } = run;
  const specs = models.flatMap(({ id }) => modelById(id) ?? []);
  const judgeSpec = judge === null ? null : (modelById(judge.id) ?? null);
  return togetherOfModels(specs, judgeSpec, { device, decode, limits });
}
