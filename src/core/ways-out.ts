import type { Fit } from './device-fit';
import type { ErrorCode } from './errors';
import { isHalfFloat } from './precision';
import type { Device } from './run';

/** A model as it could run here. */
export interface Variant {
  readonly precision: string;
  readonly device: Device;
  readonly bytes: number;
  readonly fit: Fit;
}

/** Failures that another variant of the same model may not have. */
const CODES: readonly ErrorCode[] = ['out-of-memory', 'device-lost', 'model-broken'];

export function hasWayOut(code: ErrorCode): boolean {
  return CODES.includes(code);
}

/**
 * What to change where a model does not work as it is: undefined where nothing better is known. Memory and a lost
 * device ask for less on the same device first; a model that does not start, for another precision.
 */
export function wayOut(
  code: ErrorCode,
  now: Pick<Variant, 'precision' | 'device'>,
  variants: readonly Variant[],
): Variant | undefined {
  if (!hasWayOut(code)) return undefined;
  const isNow = (one: Variant) => one.precision === now.precision && one.device === now.device;
  const bytesNow = variants.find(isNow)?.bytes ?? Infinity;
  const others = variants.filter((one) => !isNow(one) && one.fit.kind !== 'no');
  const here = others.filter(({ device }) => device === now.device);
  const elsewhere = others.filter(({ device }) => device !== now.device);
  const nearest =
    code === 'model-broken'
      ? here.filter((one) => !isHalfFloat(one.precision) || !isHalfFloat(now.precision))
      : here.filter(({ bytes }) => bytes < bytesNow);
  return preferred(nearest) ?? preferred(elsewhere);
}

/** What surely fits before what may; of those the largest, which loses least. */
function preferred(variants: readonly Variant[]): Variant | undefined {
  const sure = variants.filter(({ fit }) => fit.kind === 'yes');
  return [...(sure.length > 0 ? sure : variants)].sort((a, b) => b.bytes - a.bytes)[0];
}
