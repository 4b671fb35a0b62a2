import type { Architecture } from './architectures';
import { DEVICE_KINDS, type DeviceKind, type HubModel } from './hub-model';
import { PRECISIONS, type OnnxFiles } from './onnx-files';
import { refuse, type Planned } from './refusal';
import type { PartPrecisions, Precision } from './spec';

export type Choice = 'auto' | Precision;

/** What a precision is chosen from. */
interface Chooser {
  readonly architecture: Architecture;
  readonly onnx: OnnxFiles;
  readonly device: DeviceKind;
  readonly choice: Choice;
  readonly model: HubModel | undefined;
}

/**
 * What is tried where nothing is known of a repository. The CPU is 6-11 times slower at 4 bits than at 8, and computes 16-bit
 * numbers in 32; graphics devices without 16-bit numbers can't have the `f16` kinds, and 8 bits have been gibberish on WebGPU.
 */
const ORDER: Readonly<Record<DeviceKind, readonly Precision[]>> = {
  'webgpu-f16': ['q4', 'q4f16', 'fp16', 'fp32', 'bnb4', 'q8', 'int8', 'uint8'],
  webgpu: ['q4', 'fp32', 'bnb4', 'q8', 'int8', 'uint8'],
  wasm: ['q8', 'int8', 'uint8', 'fp32', 'fp16', 'q4', 'bnb4', 'q4f16'],
};

/** Parts that see or look words up lose more by few bits than they cost. */
const SIDE_ORDER: Readonly<Record<DeviceKind, readonly Precision[]>> = {
  ...ORDER,
  'webgpu-f16': ['fp16', 'q4', 'q4f16', 'fp32', 'bnb4', 'q8', 'int8', 'uint8'],
};

/** A session on the CPU has 4 GiB for everything: a part above this is taken smaller where there is a smaller one. */
const MOST_CPU_BYTES = 2_000_000_000;

/** Precisions in which the part that writes is there. */
export function offeredPrecisions({ main }: Architecture, onnx: OnnxFiles): readonly Precision[] {
  return PRECISIONS.filter((precision) => onnx.parts[main]?.[precision] !== undefined);
}

/** A precision for every part, each of them there. */
export function choosePrecisions(chooser: Chooser): Planned<PartPrecisions> {
  const { architecture, onnx, device, choice, model } = chooser;
  if (model?.recipes[device].length === 0) {
    const runsOn = DEVICE_KINDS.filter((kind) => model.recipes[kind].length > 0);
    return refuse({ code: 'device-not-supported', runsOn });
  }
  if (choice !== 'auto') {
    if (model?.broken?.includes(choice) === true)
      return refuse({ code: 'precision-broken', precision: choice });
    const offered = offeredPrecisions(architecture, onnx).filter((precision) =>
      usable(chooser).includes(precision),
    );
    if (!offered.includes(choice))
      return refuse({ code: 'precision-not-offered', precision: choice, offered });
  }
  const recipe = choice === 'auto' ? model?.recipes[device].find(isThere(chooser)) : undefined;
  const parts = recipe ?? partByPart(chooser);
  const missing = architecture.parts.filter((part) => parts[part] === undefined);
  return missing.length === 0
    ? { ok: true, value: parts }
    : refuse({ code: 'parts-missing', missing: missing.map((part) => `onnx/${part}`) });
}

function isThere({ architecture, onnx }: Chooser) {
  return (recipe: PartPrecisions): boolean =>
    architecture.parts.every((part) => {
      const precision = recipe[part];
      const file = precision === undefined ? undefined : onnx.parts[part]?.[precision];
      return file?.missingData.length === 0;
    });
}

/** Precisions that the device can compute and that are not known to fail. */
function usable({ device, model }: Chooser): readonly Precision[] {
  return ORDER[device].filter((precision) => model?.broken?.includes(precision) !== true);
}

function partByPart(chooser: Chooser): PartPrecisions {
  const { architecture, onnx, device, choice } = chooser;
  const chosen = architecture.parts.flatMap((part) => {
    const files = onnx.parts[part] ?? {};
    const order = part === architecture.main ? ORDER[device] : SIDE_ORDER[device];
    const there = order.filter(
      (precision) => files[precision] !== undefined && usable(chooser).includes(precision),
    );
    const whole = there.filter((precision) => files[precision]?.missingData.length === 0);
    const candidates = whole.length > 0 ? whole : there;
    if (choice !== 'auto' && there.includes(choice)) return [[part, choice] as const];
    const bytesOf = (precision: Precision) => files[precision]?.bytes ?? Infinity;
    const fits = candidates.find((each) => device !== 'wasm' || bytesOf(each) <= MOST_CPU_BYTES);
    const smallest = [...candidates].sort((a, b) => bytesOf(a) - bytesOf(b))[0];
    const precision = fits ?? smallest;
    return precision === undefined ? [] : [[part, precision] as const];
  });
  return Object.fromEntries(chosen);
}
