import type { FetchedSoFar } from '../../../src/core/download';

/** How often the tab that fetches a model says how far it is. */
const EVERY_MS = 250;
const CHANNEL = 'weights';

interface Told {
  readonly modelId: string;
  readonly soFar: FetchedSoFar;
}

/** Tells how far a download is, here and to the other tabs, until it is over. */
export async function telling<T>(
  modelId: string,
  soFar: () => FetchedSoFar,
  onFetched: (soFar: FetchedSoFar) => void,
  work: () => Promise<T>,
): Promise<T> {
  const channel = new BroadcastChannel(CHANNEL);
  const tell = () => {
    const now = soFar();
    onFetched(now);
    channel.postMessage({ modelId, soFar: now } satisfies Told);
  };
  const timer = setInterval(tell, EVERY_MS);
  try {
    const result = await work();
    tell();
    return result;
  } finally {
    clearInterval(timer);
    channel.close();
  }
}

/** Passes on what another tab says of its download of this model, until `close`. */
export function listening(
  modelId: string,
  onFetched: (soFar: FetchedSoFar) => void,
): { readonly close: () => void } {
  const channel = new BroadcastChannel(CHANNEL);
  // Only this app's own workers speak here.
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.modelId === modelId) onFetched({ ...data.soFar, phase: { kind: 'elsewhere' } });
  };
  return { close: () => channel.close() };
}
