import type { RunModel } from '../../core/run';
import type { CheckPass } from './check-pass';
import type { Lane } from './lane';
import type { OpenLane } from './open-lanes';
import type { RunnerEvents } from './types';

interface Turns {
  /** A model's lane; it is made when its turn comes. @param checks where it is to answer for claims */
  readonly lane: (one: OpenLane, checks: CheckPass | undefined) => Lane;
  /** Brings the weights of the model that comes next, while another one works. */
  readonly fetch: (model: RunModel) => Promise<void>;
  /** Whether the model's worker is there still, from the plan before. */
  readonly isLoaded: (model: RunModel) => boolean;
  readonly checks: CheckPass | undefined;
  readonly events: Pick<RunnerEvents, 'model'>;
}

/**
 * Models that don't fit into memory together: each is loaded once, describes all its images, and ends. Where claims are checked each
 * is loaded a second time, when all have said what they see, and looks at every image once more. The one that described last
 * checks first: it is loaded.
 * @throws AppError when the run has to stop, or the plan has ended
 */
export async function inTurns(open: readonly OpenLane[], turns: Turns): Promise<void> {
  const { lane, checks, events } = turns;
  const describing = firstLoaded(open.filter(hasCells), turns);
  const checking = checks === undefined ? [] : open.filter(({ isOwn }) => isOwn);
  for (const { model } of open) events.model(model.id, { kind: 'queued' });
  const out = new Set<OpenLane>();
  for (const [index, one] of describing.entries()) {
    fetchAhead(describing[index + 1], turns);
    const images = one.images.filter(({ cells }) => cells.length > 0);
    const isLast = index === describing.length - 1;
    const works = await lane(one, undefined).go(images, isLast && checking.includes(one));
    if (!works) out.add(one);
    else if (checking.includes(one)) events.model(one.model.id, { kind: 'queued' });
  }
  const last = describing.at(-1);
  const inOrder = [...checking].sort((a, b) => Number(b === last) - Number(a === last));
  for (const one of inOrder) {
    const asked = one.images.filter(({ isAsked }) => isAsked);
    if (out.has(one) || asked.length === 0) checks?.leave(one.model.id);
    else await lane(one, checks).go(asked.map((image) => ({ ...image, cells: [] })));
  }
}

const hasCells = ({ images }: OpenLane): boolean => images.some(({ cells }) => cells.length > 0);

function firstLoaded(lanes: readonly OpenLane[], { isLoaded }: Turns): readonly OpenLane[] {
  return [...lanes].sort((a, b) => Number(isLoaded(b.model)) - Number(isLoaded(a.model)));
}

/** What goes wrong with it is told when its turn comes. */
function fetchAhead(next: OpenLane | undefined, { fetch }: Turns): void {
  if (next !== undefined) fetch(next.model).catch(() => undefined);
}
