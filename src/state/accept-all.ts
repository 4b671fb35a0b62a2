import { toErrorData } from '../core/errors';
import { UNDO, type Notices } from './notices.svelte';
import type { RunBoard } from './run-board.svelte';

/** Captions that are written together; each wakes what shows it. */
const AT_ONCE = 50;

/** Accepts the captions of these pictures; it can be undone. */
export async function acceptAll(
  board: Pick<RunBoard, 'acceptTogether'>,
  ids: readonly string[],
  notices: Notices,
): Promise<void> {
  const set = async (accepted: boolean) => {
    try {
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        await board.acceptTogether(ids.slice(at, at + AT_ONCE), accepted);
        // Keys and frames come between.
        await new Promise((resolve) => setTimeout(resolve));
      }
      return true;
    } catch (error) {
      const text = `Not all could be kept (${toErrorData(error).code}). Free some space and try again.`;
      notices.show({ text, tone: 'error' });
      return false;
    }
  };
  if (!(await set(true))) return;
  const text = `${ids.length.toLocaleString('en-GB')} ${ids.length === 1 ? 'caption' : 'captions'} accepted`;
  const undo = () => void set(false);
  notices.show({ text, tone: 'info', action: { label: UNDO, run: undo } });
}
