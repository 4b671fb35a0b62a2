/** What one tab tells the others. */
export type TabNews =
  /** Something was forgotten, or was brought back by undo. */
  | 'changed'
  /** Everything is gone: each tab starts afresh. */
  | 'emptied'
  /** A person has changed, or accepted, the caption of an image. */
  | { readonly kind: 'edited'; readonly runId: string; readonly imageId: string };

/** The tabs of the app that are open at the same time. */
export class Tabs {
  readonly #channel: BroadcastChannel | undefined;

  constructor(onNews: (news: TabNews) => void) {
    if (!('BroadcastChannel' in globalThis)) return;
    this.#channel = new BroadcastChannel('vlm-image-analysis');
    this.#channel.onmessage = ({ data }: MessageEvent<TabNews>) => onNews(data);
  }

  tell(news: TabNews): void {
    this.#channel?.postMessage(news);
  }

  /** Does some work if this is the only tab. The lock is shared by all tabs from then on, as long as they are open. */
  async whenAlone(work: () => Promise<void>): Promise<void> {
    const { locks } = navigator as { readonly locks?: LockManager | null };
    if (locks === undefined || locks === null) return;
    try {
      await locks.request('tabs', { ifAvailable: true }, async (lock) => {
        if (lock !== null) await work();
      });
    } catch {
      return; // a browser that keeps nothing for this site gives no locks either
    }
    void locks.request('tabs', { mode: 'shared' }, () => new Promise<void>(() => undefined));
  }
}
