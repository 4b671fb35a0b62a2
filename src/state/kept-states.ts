import { WAITING, type Cell, type CellState } from '../core/cell';
import type { ImageItem } from '../core/image';
import { wayName, type JudgeWay } from '../core/judge-way';
import { judgesOf } from '../core/replan';
import type { Run } from '../core/run';
import { verdictKey, type Verdict } from '../core/verdict';
import type { SettledCell } from '../engine/runner/types';
import { savedRecords } from '../storage/journal';

export function isSettled(state: CellState): state is SettledCell {
  return state.status === 'done' || state.status === 'failed' || state.status === 'skipped';
}

/** The states of cells as the journal has them, in the order given. */
export async function statesOf(cells: readonly Cell[]): Promise<ReadonlyMap<Cell, CellState>> {
  const records = await savedRecords(cells.map(({ key }) => key));
  return new Map(
    cells.map((cell, index) => {
      const record = records[index];
      if (record?.kind === 'description')
        return [cell, { status: 'done', description: record.description }] as const;
      if (record?.kind === 'failure') {
        const { error, attempts } = record;
        return [cell, { status: 'failed', error, attempts }] as const;
      }
      return [cell, WAITING] as const;
    }),
  );
}

/** What a verdict is made from, and how. */
export interface JudgedFrom {
  readonly cellKeys: readonly string[];
  readonly way: JudgeWay;
}

export interface KeptVerdict extends JudgedFrom {
  readonly verdict: Verdict | undefined;
}

/**
 * What the journal has as verdicts from these evidences, by image id, in their order, each once; of several judges the
 * newest one's.
 */
export async function savedVerdicts(
  run: Run,
  images: readonly {
    readonly image: ImageItem;
    readonly evidences: readonly JudgedFrom[];
  }[],
): Promise<ReadonlyMap<string, readonly KeptVerdict[]>> {
  const asked: {
    readonly id: string;
    readonly keys: readonly string[];
    readonly from: JudgedFrom;
  }[] = [];
  const known = new Set<string>();
  for (const { image, evidences } of images) {
    for (const from of evidences) {
      const keys = await Promise.all(
        judgesOf(run).map((judge) =>
          verdictKey(image.sha256, judge, wayName(from.way), from.cellKeys),
        ),
      );
      const [key = ''] = keys;
      if (!known.has(key)) asked.push({ id: image.id, keys, from });
      known.add(key);
    }
  }
  const records = await savedRecords(asked.flatMap(({ keys }) => keys));
  const found = new Map<string, KeptVerdict[]>();
  let at = 0;
  for (const { id, keys, from } of asked) {
    const own = records.slice(at, (at += keys.length));
    const record = own.find((one) => one?.kind === 'verdict');
    const verdict = record?.kind === 'verdict' ? record.verdict : undefined;
    found.set(id, [...(found.get(id) ?? []), { ...from, verdict }]);
  }
  return found;
}
