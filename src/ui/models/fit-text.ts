import type { Fit, FitReason } from '../../core/device-fit';
import { formatBytes, listed } from '../common/format';

/** Why a model does not fit this device, or may not, and what to do: one sentence each. Empty where it fits. */
export function fitText(fit: Fit): string {
  if (fit.kind === 'yes') return '';
  return `${why(fit.reason, fit.kind)} ${next(fit.reason)}`;
}

function why(reason: FitReason, kind: 'no' | 'maybe'): string {
  switch (reason.code) {
    case 'no-webgpu':
      return 'It needs WebGPU, which this browser does not have.';
    case 'needs-half-floats':
      return `Its ${listed(reason.parts)} ${reason.parts.length === 1 ? 'needs' : 'need'} half floats, which this graphics device does not have.`;
    case 'buffer-limit': {
      const { part, bytes, limitBytes } = reason;
      const can = kind === 'no' ? 'takes' : 'may take';
      return `Its ${part} has ${formatBytes(bytes)}, and this graphics device ${can} at most ${formatBytes(limitBytes)} at a time.`;
    }
    case 'wasm-heap': {
      const { bytes, limitBytes } = reason;
      const limit = `a page can use at most ${formatBytes(limitBytes)} for it`;
      return kind === 'no'
        ? `It has ${formatBytes(bytes)}, and ${limit}.`
        : `It works in about ${formatBytes(bytes)} and needs more while it starts; ${limit}, so it may fail to start.`;
    }
    case 'storage':
      return `It needs ${formatBytes(reason.bytes)} of room, and the browser gives this site ${formatBytes(reason.freeBytes)} more.`;
    case 'memory':
      return `It works in about ${formatBytes(reason.bytes)}, much of this device’s memory (${formatBytes(reason.deviceBytes)}), so it may fail to start.`;
    case 'slow-on-cpu':
      return 'It works here, but 4 bits are many times slower on the CPU than 8.';
  }
}

function next({ code }: FitReason): string {
  switch (code) {
    case 'no-webgpu':
      return 'Choose CPU, or another browser.';
    case 'needs-half-floats':
      return 'Choose q4, q8 or fp32.';
    case 'buffer-limit':
    case 'memory':
      return 'Choose a smaller precision or a smaller model.';
    case 'wasm-heap':
      return 'Choose a smaller precision or a smaller model; WebGPU, where there is one, can do more.';
    case 'storage':
      return 'Delete models or free disk space.';
    case 'slow-on-cpu':
      return 'Choose q8 where it has it.';
  }
}

/** The same in two or three words, for a list. */
export function fitLabel({ kind }: Fit): string {
  return { yes: 'Fits this device', maybe: 'May not fit', no: 'Does not fit' }[kind];
}
