import type { Again, JudgedAgain } from './again';
import type { Calibrated } from './calibrated';
import { cellKey, questionKey, type Cell, type CellIdentity } from './cell';
import type { DecodeSettings } from './decode';
import { shortHash } from './hash';
import type { ImageItem } from './image';
import type { PrecisionChoice } from './precision';
import type { Prompt } from './prompts';
import type { Replanned } from './replan';
import type { Skips } from './skip';
import { askedText, type Wishes } from './wishes';

/** Where the work is done. `auto` is decided once, when the run begins. */
export type DeviceChoice = 'auto' | 'webgpu' | 'wasm';
export type Device = Exclude<DeviceChoice, 'auto'>;

/**
 * How descriptions become a verdict: `verify`: support, and what every model answers when asked about each claim; `fuse`: support
 * alone; `rank`: fuse the best two; `select`: the best one as it is; `consensus`: what at least half of them say, without a model.
 */
export const JUDGE_MODES = ['verify', 'fuse', 'rank', 'select', 'consensus'] as const;
export type JudgeMode = (typeof JUDGE_MODES)[number];

/** A model as a run uses it. */
export interface RunModel {
  readonly id: string;
  readonly revision: string;
  readonly precision: string;
  /** Sentences that follow every prompt: wishes for language and length that the model can follow. */
  readonly alsoAsked?: string;
  /** Where it is another one than the run's. */
  readonly device?: Device;
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
  /** What was asked for; what each model runs in is its own. Runs of 0.2 knew no choice: `auto`. */
  readonly precisionChoice?: PrecisionChoice;
  readonly threads: number;
  readonly environment: RunEnvironment;
  /** For language and length of the answers, as far as a model can follow: see `alsoAsked`. */
  readonly wishes?: Wishes;
  /** Pictures that had a description already were left out. */
  readonly skipDescribed?: boolean;
  /** Answers asked for when the run had been planned, oldest first. */
  readonly again?: readonly Again[];
  readonly judgedAgain?: readonly JudgedAgain[];
  /** Models that did not work as they were planned, and what they are since, oldest first. */
  readonly replanned?: readonly Replanned[];
  /** What the judge was before, oldest first. */
  readonly earlierJudges?: readonly RunModel[];
  /** By what models without a calibration of their own count, oldest first: the last does. Absent where all count alike. */
  readonly calibrated?: readonly Calibrated[];
  /** Left out while it worked. */
  readonly skips?: Skips;
}

/** What is asked of a model about an image. */
type Question = Pick<Again, 'model' | 'prompt' | 'decode'>;

/** The same, with what its cells have in common: there may be a hundred thousand of them. */
interface ReadyQuestion extends Question {
  readonly asked: string;
  readonly identity: Omit<CellIdentity, 'imageSha256'>;
  readonly key: string;
}

/**
 * Every cell of a run, image-major: the first verdict comes after the first image. What was asked for again stands beside the cell
 * in whose place it is, in the order of asking.
 */
export async function cellsOf(run: Run): Promise<Cell[]> {
  const planned: Question[] = run.models.flatMap((model) =>
    run.prompts.map((prompt) => ({ model, prompt, decode: run.decode })),
  );
  const questions = await Promise.all(
    planned.map(async (question) => ({
      own: await ready(question),
      moves: await Promise.all(
        (run.replanned ?? [])
          .filter(({ to }) => to.id === question.model.id)
          .map(async ({ places, to }) => ({
            places: new Set(places),
            to: await ready({ ...question, model: to }),
          })),
      ),
    })),
  );
  const again = new Map<string, ReadyAgain[]>();
  for (const asked of run.again ?? []) {
    const one = { ...(await ready(asked)), isBeside: asked.isBeside === true };
    again.set(asked.place, [...(again.get(asked.place) ?? []), one]);
  }
  return run.images.flatMap((image) =>
    questions.flatMap(({ own: question, moves }) => {
      let own = toCell(image, question);
      if (moves.length === 0 && again.size === 0) return own;
      const keys = new Set([own.key]); // all that it had on the way to what it is now
      for (const { places, to } of moves) {
        if (!places.has(own.key)) continue;
        own = toCell(image, to);
        keys.add(own.key);
      }
      return withTakes(image, own, { keys: [...keys], again });
    }),
  );
}

interface ReadyAgain extends ReadyQuestion {
  readonly isBeside: boolean;
}

async function ready({ model, prompt, decode }: Question): Promise<ReadyQuestion> {
  const asked = askedText(prompt.text, model.alsoAsked);
  const { id: modelId, revision, precision } = model;
  const promptHash = await shortHash(asked);
  const identity = { modelId, revision, precision, promptHash, decode };
  return { model, prompt, decode, asked, identity, key: questionKey(identity) };
}

/** A cell with all that was asked for in its place, and beside it. */
function withTakes(
  image: ImageItem,
  own: Cell,
  { keys, again }: { keys: readonly string[]; again: ReadonlyMap<string, readonly ReadyAgain[]> },
): Cell[] {
  const asked = keys.flatMap((key) => again.get(key) ?? []);
  if (asked.length === 0) return [own];
  const takes = asked.filter(({ isBeside }) => !isBeside);
  const beside = asked
    .filter(({ isBeside }) => isBeside)
    .map((one) => ({ ...toCell(image, one), isBeside: true as const }));
  return [
    ...inOrderOfAsking([own, ...takes.map((one) => toCell(image, one, own.key))]),
    ...beside.flatMap((cell) => withTakes(image, cell, { keys: [cell.key], again })),
  ];
}

/** @param place that of the cell itself where none is given */
function toCell(
  image: ImageItem,
  { model, prompt, asked, identity, key: question }: ReadyQuestion,
  place?: string,
): Cell {
  const key = cellKey(image.sha256, question);
  return {
    key,
    place: place ?? key,
    identity: { imageSha256: image.sha256, ...identity },
    imageId: image.id,
    modelId: model.id,
    promptId: prompt.id,
    model,
    prompt,
    asked,
  };
}

/** What was asked for twice counts where it was asked for last. */
function inOrderOfAsking(takes: readonly Cell[]): Cell[] {
  return takes.filter(
    ({ key }, index) => takes.findLastIndex((cell) => cell.key === key) === index,
  );
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
