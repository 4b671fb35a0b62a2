import { isPlanned } from '../core/again';
import { toErrorData, type ErrorData } from '../core/errors';
import { deviceOf, latest, withJudge, withReplanned } from '../core/replan';
import type { Run, RunModel } from '../core/run';
import { hasWayOut, wayOut, type Variant } from '../core/ways-out';
import { modelById } from '../models/registry';
import type { DeviceState } from './device.svelte';
import type { Notices } from './notices.svelte';
import type { RunBoard } from './run-board.svelte';
import type { RunState } from './run.svelte';
import { variantsOf } from './variants';

/** A model of the run that does not work as it is, and what could be changed. */
export interface Offer {
  readonly model: RunModel;
  readonly role: 'vision' | 'judge';
  /** Why it does not work. */
  readonly error: ErrorData;
  /** What it would be instead; undefined where it has no other form that fits this device. */
  readonly way: Variant | undefined;
}

/** Finds and takes ways out for models that the device can't run as they were planned. */
export class WaysOutState {
  readonly #run: RunState;
  readonly #device: DeviceState;
  readonly #notices: Notices;

  constructor(run: RunState, device: DeviceState, notices: Notices) {
    this.#run = run;
    this.#device = device;
    this.#notices = notices;
  }

  /** One a model, of the run on screen; none while another tab works on it. */
  readonly offers: readonly Offer[] = $derived.by(() => {
    const { board, phase } = this.#run;
    if (board === null || phase.kind === 'elsewhere') return [];
    const { failed, verdictsFailed } = board.progress;
    return [
      ...(failed === 0 ? [] : this.#visionOffers(board)),
      ...(verdictsFailed === 0 ? [] : this.#judgeOffers(board)),
    ];
  });

  /** Changes the run as the offer says and goes on with it. */
  async take({ model, role, way }: Offer): Promise<void> {
    if (way === undefined) return;
    const to: RunModel = { ...model, precision: way.precision, device: way.device };
    try {
      await this.#run.replan((run) =>
        role === 'judge'
          ? withJudge(run, to)
          : withReplanned(run, { places: this.#openPlaces(model), to, plannedAt: Date.now() }),
      );
    } catch (error) {
      const text = `That could not be kept (${toErrorData(error).code}), so nothing was changed. Free some space and try again.`;
      this.#notices.show({ text, tone: 'error' });
    }
  }

  #visionOffers(board: RunBoard): Offer[] {
    const errors = new Map<string, ErrorData>();
    for (const { key, place, modelId } of board.cells) {
      const state = board.state(key);
      if (key !== place || state.status !== 'failed' || !hasWayOut(state.error.code)) continue;
      if (!errors.has(modelId)) errors.set(modelId, state.error);
    }
    return board.run.models.flatMap((planned) => {
      const error = errors.get(planned.id);
      const model = latest(board.run, planned);
      return error === undefined ? [] : [this.#offer(board.run, model, 'vision', error)];
    });
  }

  #judgeOffers(board: RunBoard): Offer[] {
    const { run } = board;
    const { judge } = run;
    if (judge === null) return [];
    for (const { id } of run.images) {
      const state = board.verdict(id);
      if (state?.status === 'failed' && hasWayOut(state.error.code))
        return [this.#offer(run, judge, 'judge', state.error)];
    }
    return [];
  }

  #offer(run: Run, model: RunModel, role: Offer['role'], error: ErrorData): Offer {
    const spec = modelById(model.id);
    const variants = spec === undefined ? [] : variantsOf(spec, this.#device.limits);
    const now = { precision: model.precision, device: deviceOf(run, model) };
    return { model, role, error, way: wayOut(error.code, now, variants) };
  }

  /** Keys of the run's own cells of a model that have no answer: also those that nobody has tried yet. */
  #openPlaces({ id }: RunModel): string[] {
    const { board } = this.#run;
    return (board?.cells ?? []).flatMap((cell) =>
      isPlanned(cell) && cell.modelId === id && board?.state(cell.key).status !== 'done'
        ? [cell.key]
        : [],
    );
  }
}
