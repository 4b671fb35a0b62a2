import { fits, totalBytes, type DeviceLimits, type Fit, type FitModel } from '../core/device-fit';
import type { Device } from '../core/run';
import type { Variant } from '../core/ways-out';
import type { DeviceKind } from '../models/hub-model';
import { bytesOfParts, precisionName, precisionOfParts } from '../models/parts';
import type { ModelSpec } from '../models/spec';
import { workingBytesOf } from './run-memory';

/** What decides the precision of a model on a device. */
export function deviceKind(device: Device, limits: DeviceLimits | null): DeviceKind {
  if (device === 'wasm' || limits === null || limits.webgpu.kind === 'none') return 'wasm';
  return limits.webgpu.shaderF16 ? 'webgpu-f16' : 'webgpu';
}

function fitModel(spec: ModelSpec, device: Device): FitModel {
  const model = {
    bytesOfParts: bytesOfParts(spec.files),
    precisionOfParts: precisionOfParts(spec),
    workingBytes: workingBytesOf(spec, device),
  };
  // What comes with the app is a few megabytes, and there before anybody asks.
  return spec.source.kind === 'page' ? { ...model, toDownloadBytes: 0 } : model;
}

/** Whether a model, in the precision of its spec, fits a device; undefined before the browser was asked. */
export function fitOf(
  spec: ModelSpec,
  device: Device,
  limits: DeviceLimits | null,
): Fit | undefined {
  return limits === null ? undefined : fits(fitModel(spec, device), device, limits);
}

/** The ways in which a model could run here. */
export function variantsOf(spec: ModelSpec, limits: DeviceLimits | null): Variant[] {
  if (limits === null) return [];
  return (['webgpu', 'wasm'] as const).map((device) => {
    const model = fitModel(spec, device);
    const bytes = totalBytes(model);
    return { precision: precisionName(spec), device, bytes, fit: fits(model, device, limits) };
  });
}
