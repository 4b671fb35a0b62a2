import { toErrorData } from '../core/errors';
import type { AppState } from './app.svelte';
import { UNDO } from './notices.svelte';

type Steered = Pick<AppState, 'run' | 'notices' | 'makeRoom'>;

/** Adds to the run on screen what the choices have beyond it. */
export async function extendRun(app: Steered): Promise<void> {
  await app.makeRoom();
  await orSay(app, () => app.run.extend());
}

/** Leaves pictures out of the run on screen, and offers to take it back. */
export async function skipPictures(app: Steered, imageIds: readonly string[]): Promise<void> {
  if (!(await orSay(app, () => app.run.skip({ imageIds })))) return;
  const text =
    imageIds.length === 1
      ? 'Left out of the run; what is written of it stays.'
      : `${String(imageIds.length)} pictures left out of the run; what is written of them stays.`;
  const run = () => void takeBackSkips(app, { imageIds });
  app.notices.show({ text, tone: 'info', action: { label: UNDO, run } });
}

export async function skipModel(app: Steered, modelId: string): Promise<void> {
  await orSay(app, () => app.run.skip({ modelIds: [modelId] }));
}

/** All of them where none are named. */
export async function takeBackSkips(
  app: Steered,
  what?: Parameters<AppState['run']['takeBackSkips']>[0],
): Promise<void> {
  await orSay(app, () => app.run.takeBackSkips(what));
}

/** @returns whether it could be done */
async function orSay({ notices }: Steered, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const text = `That could not be kept (${toErrorData(error).code}), so the run is as it was. Free some space and try again.`;
    notices.show({ text, tone: 'error' });
    return false;
  }
}
