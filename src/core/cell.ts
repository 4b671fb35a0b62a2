import { decodeKey, type DecodeSettings } from './decode';
import type { Degenerate } from './degenerate-kind';
import type { ErrorData } from './errors';
import type { Prompt } from './prompts';
import type { RunModel } from './run';

/** All that decides what a description says. Two cells with one key are one cell. */
export interface CellIdentity {
  readonly imageSha256: string;
  readonly modelId: string;
  readonly revision: string;
  /** Precision of the weights ("q8"); WASM and WebGPU may differ in it, and then in text. */
  readonly precision: string;
  readonly promptHash: string;
  readonly decode: DecodeSettings;
}

/** The unit of work, of saving, of retry: one image, one model, one prompt. */
export interface Cell {
  readonly key: string;
  /** Key of the cell in whose place this one's answer stands; that of a cell with a place of its own is its key. */
  readonly place: string;
  /** It was asked for when the run had been planned, and stands beside the run's own. */
  readonly isBeside?: true;
  readonly identity: CellIdentity;
  readonly imageId: string;
  readonly modelId: string;
  readonly promptId: string;
  readonly model: RunModel;
  readonly prompt: Prompt;
  /** The text that is put to the model: the prompt, and what is wished beside it. */
  readonly asked: string;
}

/** Milliseconds that each step took. Look is shared by the prompts of one image and counted on the first. */
export interface CellTimings {
  readonly lookMs: number;
  readonly generateMs: number;
  readonly newTokens: number;
}

/** What one model answered to one prompt about one image. */
export interface Description {
  readonly text: string;
  readonly device: 'wasm' | 'webgpu';
  readonly timings: CellTimings;
  readonly finishedAt: number;
  /** True when the model stopped because it ran out of tokens, not because it was done. */
  readonly cutOff: boolean;
  /** What is wrong with the text, where it is no answer, and was none when it was asked for once more. */
  readonly degenerate?: Degenerate;
  /** What was wrong with the model's first answer: this is the second, under a penalty for repeating. */
  readonly retriedFor?: Degenerate;
}

export type CellState =
  | { readonly status: 'waiting' }
  /** Somebody left its picture or its model out of the run. */
  | { readonly status: 'skipped' }
  | { readonly status: 'running'; readonly text: string }
  | { readonly status: 'done'; readonly description: Description }
  | { readonly status: 'failed'; readonly error: ErrorData; readonly attempts: number };

export const WAITING: CellState = { status: 'waiting' };
export const SKIPPED: { readonly status: 'skipped' } = { status: 'skipped' };

/** The journal's key of a model's answer to one yes/no question about an image. */
export function checkKey(
  imageSha256: string,
  { id, revision, precision }: Pick<RunModel, 'id' | 'revision' | 'precision'>,
  questionHash: string,
): string {
  return ['check', imageSha256, id, revision, precision, questionHash].join('|');
}

/** @param question what `questionKey` says of it, which is worked out once for all images */
export function cellKey(imageSha256: string, question: string): string {
  return `cell|${imageSha256}|${question}`;
}

/** The part of a cell's key that all images share. */
export function questionKey(question: Omit<CellIdentity, 'imageSha256'>): string {
  const { modelId, revision, precision, promptHash, decode } = question;
  return [modelId, revision, precision, promptHash, decodeKey(decode)].join('|');
}
