import { toManifest, type RunManifest } from '../core/manifest';
import { cellsOf, type Run } from '../core/run';
import { modelById } from '../models/registry';
import type { ModelFile } from '../models/spec';
import { savedRecords } from '../storage/journal';

interface UsedModel {
  readonly id: string;
  readonly revision: string;
  /** By their hashes anybody can tell whether theirs are the same. */
  readonly files: readonly ModelFile[];
}

/** What the answers of one model to one prompt took together. */
interface Timings {
  readonly modelId: string;
  readonly promptId: string;
  readonly answers: number;
  readonly newTokens: number;
  /** Decoding and encoding of pictures, counted on the first prompt that each was looked at for. */
  readonly lookMs: number;
  readonly generateMs: number;
}

/** A manifest with what is known of the run by now; to set up a run again none of it is needed. */
export interface FullManifest extends RunManifest {
  /** Of the models that are still here as the run used them. */
  readonly modelFiles: readonly UsedModel[];
  readonly timings: readonly Timings[];
}

/** A run's manifest with the hashes of its models' files, and what its answers took. */
export async function fullManifest(run: Run): Promise<FullManifest> {
  return { ...toManifest(run), modelFiles: filesOf(run), timings: await timingsOf(run) };
}

function filesOf({ models, judge }: Run): UsedModel[] {
  return [...models, ...(judge === null ? [] : [judge])].flatMap(({ id, revision }) => {
    const spec = modelById(id);
    if (spec?.revision !== revision) return [];
    return [{ id, revision, files: spec.files }];
  });
}

async function timingsOf(run: Run): Promise<Timings[]> {
  const cells = await cellsOf(run);
  const records = await savedRecords(cells.map(({ key }) => key));
  const sums = new Map<string, Timings>();
  cells.forEach(({ modelId, promptId }, index) => {
    const record = records[index];
    if (record?.kind !== 'description') return;
    const { lookMs, generateMs, newTokens } = record.description.timings;
    const key = JSON.stringify([modelId, promptId]);
    const sum = sums.get(key);
    sums.set(key, {
      modelId,
      promptId,
      answers: (sum?.answers ?? 0) + 1,
      newTokens: (sum?.newTokens ?? 0) + newTokens,
      lookMs: (sum?.lookMs ?? 0) + lookMs,
      generateMs: (sum?.generateMs ?? 0) + generateMs,
    });
  });
  return [...sums.values()];
}
