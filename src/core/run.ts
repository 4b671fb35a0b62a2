import { cellKey, type Cell } from './cell';
import type { DecodeSettings } from './decode';
import { shortHash } from './hash';
import type { ImageItem } from './image';
import type { Prompt } from './prompts';

/** Where the work is done. `auto` is decided once, when the run begins. */
export type DeviceChoice = 'auto' | 'webgpu' | 'wasm';
export type Device = Exclude<DeviceChoice, 'auto'>;

/** How descriptions become a verdict: their support alone, or also what every model answers when asked about each claim. */
export const JUDGE_MODES = ['verify', 'fuse'] as const;
export type JudgeMode = (typeof JUDGE_MODES)[number];

/** A model as a run uses it. */
export interface RunModel {
  readonly id: string;
  readonly revision: string;
  readonly precision: string;
}

/** What the run was planned in; part of its manifest, not of any key. */
export interface RunEnvironment {
  readonly versions: Readonly<Record<'app' | 'transformers' | 'onnxruntime', string>>;
  readonly browser: string;
  /** Description of the WebGPU adapter, or null where there is none. */
  readonly adapter: string | null;
}

/** Chosen images x models x prompts + judge + settings. */
export interface Run {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly images: readonly ImageItem[];
  readonly models: readonly RunModel[];
  readonly prompts: readonly Prompt[];
  readonly judge: RunModel | null;
  readonly judgeMode: JudgeMode;
  readonly decode: DecodeSettings;
  readonly device: Device;
  readonly threads: number;
  readonly environment: RunEnvironment;
}

/** Every cell of a run, image-major: the first verdict comes after the first image. */
export async function cellsOf(run: Run): Promise<Cell[]> {
  const hashes = new Map<string, string>();
  for (const prompt of run.prompts) hashes.set(prompt.id, await shortHash(prompt.text));
  return run.images.flatMap((image) =>
    run.models.flatMap((model) =>
      run.prompts.map((prompt) => toCell(run, image, model, prompt, hashes.get(prompt.id) ?? '')),
    ),
  );
}

function toCell(
  run: Run,
  image: ImageItem,
  model: RunModel,
  prompt: Prompt,
  promptHash: string,
): Cell {
  const identity = {
    imageSha256: image.sha256,
    modelId: model.id,
    revision: model.revision,
    precision: model.precision,
    promptHash,
    decode: run.decode,
  };
  return {
    key: cellKey(identity),
    identity,
    imageId: image.id,
    modelId: model.id,
    promptId: prompt.id,
  };
}

/** Cells by the id of their image, in the order given. */
export function cellsByImage(cells: readonly Cell[]): ReadonlyMap<string, readonly Cell[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(cell.imageId);
    if (group === undefined) groups.set(cell.imageId, [cell]);
    else group.push(cell);
  }
  return groups;
}
