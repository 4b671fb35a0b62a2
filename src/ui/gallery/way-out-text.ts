import type { ErrorCode } from '../../core/errors';
import type { Device, RunModel } from '../../core/run';
import type { Variant } from '../../core/ways-out';
import { formatBytes } from '../common/format';

const WHAT: Partial<Record<ErrorCode, (name: string) => string>> = {
  'out-of-memory': (name) => `This device ran out of memory for ${name}.`,
  'device-lost': (name) => `The browser took the graphics device away from ${name}, twice.`,
};

/** What happened to a model, and what the offer beside it would do; or what to do where there is none. */
export function wayOutText(
  name: string,
  code: ErrorCode,
  model: Pick<RunModel, 'precision'>,
  way: Variant | undefined,
): string {
  const what = WHAT[code]?.(name) ?? `${name} could not be started on this device.`;
  if (way === undefined)
    return `${what} It has no other form for this device: close other tabs and retry, or leave it out.`;
  const size = way.precision === model.precision ? '' : `, ${formatBytes(way.bytes)}`;
  return `${what} It can go on as ${way.precision}${size}, on the ${DEVICES[way.device]}; what is finished stays as it is.`;
}

const DEVICES: Readonly<Record<Device, string>> = { webgpu: 'graphics device', wasm: 'CPU' };

/** The button that takes the way. */
export function wayOutLabel(
  now: { readonly precision: string; readonly device: Device },
  way: Pick<Variant, 'precision' | 'device'>,
): string {
  const parts = [
    ...(way.precision === now.precision ? [] : [`with ${way.precision}`]),
    ...(way.device === now.device ? [] : [way.device === 'wasm' ? 'on the CPU' : 'on WebGPU']),
  ];
  return `Go on ${parts.join(' ')}`;
}
