import type { DeviceLimits, Fit } from './device-fit';
import type { Device } from './run';

/** A model that could be recommended, in the precision that it would run in here. */
export interface Candidate {
  readonly id: string;
  readonly role: 'vision' | 'judge';
  /** Models of one family make the same mistakes: their agreement says less. */
  readonly family: string;
  /** What has to be in memory. */
  readonly bytes: number;
  readonly fit: Fit;
  /** What it does well, in words that are compared: `text`, `counts`, `detail`. */
  readonly goodAt: readonly string[];
}

export interface Recommendation {
  readonly visionIds: readonly string[];
  readonly judgeId: string | null;
}

/** An ensemble needs three voices for a majority; more of them cost time and say little new. */
const MOST_VISION_MODELS = 3;

/** So much of the room goes to the models that see; the judge gets what they leave. */
const VISION_SHARE = 0.75;

/**
 * Vision models and a judge that together stay within the room: each next one adds the most that the others don't do
 * well, then another family, then size, which is the best sign of ability that is known of all of them. What may not
 * fit is taken only where nothing else of its role is there.
 * @param roomBytes what all of them together may take
 */
export function recommend(candidates: readonly Candidate[], roomBytes: number): Recommendation {
  const chosen: Candidate[] = [];
  const room = () => roomBytes - sumOf(chosen);
  const vision = usable(candidates, 'vision');
  while (chosen.length < MOST_VISION_MODELS) {
    const most = roomBytes * VISION_SHARE - sumOf(chosen);
    const next = best(
      vision.filter((one) => !chosen.includes(one) && one.bytes <= most),
      chosen,
    );
    if (next === undefined) break;
    chosen.push(next);
  }
  const judge = best(
    usable(candidates, 'judge').filter(({ bytes }) => bytes <= room()),
    [],
  );
  return { visionIds: chosen.map(({ id }) => id), judgeId: judge?.id ?? null };
}

const GIB = 1024 ** 3;

/** On the CPU larger models work too, for hours: nobody is recommended that. */
const MOST_ON_CPU_BYTES = GIB;
const MOST_ON_GPU_BYTES = 6 * GIB;

/** What a recommended set may take: half of the room there is, so that pictures and other sites have some. */
export function recommendedRoom(device: Device, limits: DeviceLimits): number {
  const most = device === 'wasm' ? MOST_ON_CPU_BYTES : MOST_ON_GPU_BYTES;
  const { freeBytes, deviceMemoryBytes } = limits;
  return Math.min(most, (freeBytes ?? Infinity) / 2, (deviceMemoryBytes ?? Infinity) / 2);
}

/** Those that fit; where none does, those that may. */
function usable(candidates: readonly Candidate[], role: Candidate['role']): Candidate[] {
  const of = (kind: Fit['kind']) =>
    candidates.filter((one) => one.role === role && one.fit.kind === kind);
  const sure = of('yes');
  return sure.length > 0 ? sure : of('maybe');
}

function best(candidates: readonly Candidate[], chosen: readonly Candidate[]) {
  const covered = new Set(chosen.flatMap(({ goodAt }) => goodAt));
  const families = new Set(chosen.map(({ family }) => family));
  const score = ({ goodAt, family, bytes }: Candidate): readonly number[] => [
    goodAt.filter((skill) => !covered.has(skill)).length,
    Number(!families.has(family)),
    bytes,
  ];
  return [...candidates].sort((a, b) => compare(score(b), score(a)) || compareText(a.id, b.id))[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function sumOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { bytes }) => sum + bytes, 0);
}
