/** What of a run may be in memory at the same time: everything; the models, and the judge after them; one after the other. */
export type Together = 'all' | 'models' | 'one';

/** A worker with its runtime, tokenizer and heap, before there is a model in it; about what `npm run bench` measures. */
const WORKER_BYTES = 100 * 1024 ** 2;

/** Of what the browser says of the machine's memory: the system and other pages need theirs. */
const OURS = 0.5;

/** Where the browser does not tell: what a machine with WebGPU has at least. */
const UNKNOWN_MEMORY_BYTES = 8 * 1024 ** 3;

/**
 * Whether models fit into memory beside each other.
 * @param modelBytes weights and what each works in; @param judgeBytes the same, null where there is no judge
 * @param deviceMemoryBytes of the machine; null where the browser does not tell
 */
export function togetherOf(
  modelBytes: readonly number[],
  judgeBytes: number | null,
  deviceMemoryBytes: number | null,
): Together {
  const room = (deviceMemoryBytes ?? UNKNOWN_MEMORY_BYTES) * OURS;
  const sum = (bytes: readonly number[]) => bytes.reduce((all, one) => all + one + WORKER_BYTES, 0);
  if (sum(judgeBytes === null ? modelBytes : [...modelBytes, judgeBytes]) <= room) return 'all';
  return modelBytes.length > 1 && sum(modelBytes) > room ? 'one' : 'models';
}
