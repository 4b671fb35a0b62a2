import { evidenceByImage } from '../core/again';
import type { Cell } from '../core/cell';
import { judgesOf } from '../core/replan';
import { wayName, waysAsked } from '../core/judge-way';
import { cellsOf, type Run } from '../core/run';
import { verdictKey } from '../core/verdict';
import { partsOfKey, recordKeys, savedRecords } from './journal';

/** Pictures (SHA-256) that a run has described to the end, with the id of the newest such run. */
export async function describedPictures(
  runs: readonly Run[],
): Promise<ReadonlyMap<string, string>> {
  const keys = new Set(await recordKeys());
  const judged = new Set([...keys].map(partsOfKey).flatMap(shaOfVerdict));
  const found = new Map<string, string>();
  for (const run of [...runs].sort((a, b) => b.createdAt - a.createdAt)) {
    const evidence = evidenceByImage(run, await cellsOf(run));
    for (const { id, sha256 } of run.images) {
      const cells = evidence.get(id) ?? [];
      if (found.has(sha256) || cells.length === 0) continue;
      const isDone =
        run.judge === null
          ? await isDescribed(cells, keys)
          : judged.has(sha256) && (await isJudged({ run, sha256, cells, keys }));
      if (isDone) found.set(sha256, run.id);
    }
  }
  return found;
}

function shaOfVerdict({ kind, sha256 }: ReturnType<typeof partsOfKey>): string[] {
  return kind === 'verdict' ? [sha256] : [];
}

/** A run without a judge is done with a picture when every model has answered. */
async function isDescribed(cells: readonly Cell[], keys: ReadonlySet<string>): Promise<boolean> {
  if (!cells.every(({ key }) => keys.has(key))) return false;
  return (await described(cells)).length === cells.length;
}

/** Whether the run's own verdict is there; that is mostly one on all cells, and only else they are read. */
async function isJudged({
  run,
  sha256,
  cells,
  keys,
}: {
  readonly run: Run;
  readonly sha256: string;
  readonly cells: readonly Cell[];
  readonly keys: ReadonlySet<string>;
}): Promise<boolean> {
  const all = cells.map(({ key }) => key);
  const isWritten = async (evidence: readonly string[]) => {
    const ways = waysAsked(run).map(wayName);
    const own = judgesOf(run).flatMap((judge) =>
      ways.map((way) => verdictKey(sha256, judge, way, evidence)),
    );
    return (await Promise.all(own)).some((key) => keys.has(key));
  };
  if (await isWritten(all)) return true;
  if (!all.every((key) => keys.has(key))) return false;
  return isWritten(await described(cells));
}

/** Keys of the cells that have a description. */
async function described(cells: readonly Cell[]): Promise<string[]> {
  const all = cells.map(({ key }) => key);
  const records = await savedRecords(all);
  return all.filter((_, index) => records[index]?.kind === 'description');
}
