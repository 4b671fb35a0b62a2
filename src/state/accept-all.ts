import { toErrorData } from '../core/errors';
import type { Notices } from './notices.svelte';
import type { RunBoard } from './run-board.svelte';

/** Captions that are written together. */
const AT_ONCE = 200;

/** Accepts the captions of these pictures; it can be undone. */
export async function acceptAll(
  board: RunBoard,
  ids: readonly string[],
  notices: Notices,
): Promise<void> {
  const set = async (accepted: boolean) => {
    for (let at = 0; at < ids.length; at += AT_ONCE)
      await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => board.accept(id, accepted)));
  };
  try {
    await set(true);
    const text =
      ids.length === 1 ? '1 caption accepted' : `${String(ids.length)} captions accepted`;
    const undo = () => void set(false);
    notices.show({ text, tone: 'info', action: { label: 'Undo', run: undo } });
  } catch (error) {
    const text = `Not all could be kept (${toErrorData(error).code}). Free some space and try again.`;
    notices.show({ text, tone: 'error' });
  }
}
