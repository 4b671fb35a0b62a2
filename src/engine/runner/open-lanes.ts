import { distinct, evidenceByImage } from '../../core/again';
import type { Cell } from '../../core/cell';
import { isChecked } from '../../core/judge-modes/is-checked';
import { latest } from '../../core/replan';
import { cellsByImage, type RunModel } from '../../core/run';
import type { LaneImage } from './lane';
import type { RunTask } from './types';

export interface OpenLane {
  readonly model: RunModel;
  readonly images: readonly LaneImage[];
  /** Whether it is one of the run's models as they are now: those answer for claims. */
  readonly isOwn: boolean;
}

/**
 * The models that have something to do: their open cells, and the images whose claims they are asked about. The run's own models
 * are, not those that were asked for single answers.
 * @param toCheck ids of the images whose descriptions are all there, and that are still to be judged
 */
export function openLanes(task: RunTask, toCheck: ReadonlySet<string>): OpenLane[] {
  const { run, cells, settled, only } = task;
  const isOpen = ({ key }: Cell) => !settled.has(key) && (only?.has(key) ?? true);
  const asked = new Set([...toCheck, ...(run.judge === null ? [] : willBeJudged(task, isOpen))]);
  const lanes = modelsOf(task).map(({ model, isOwn }) => {
    const open = cellsByImage(distinct(cells.filter((cell) => isOf(cell, model) && isOpen(cell))));
    const images = run.images.map((image) => ({
      image,
      cells: open.get(image.id) ?? [],
      isAsked: isOwn && asked.has(image.id),
    }));
    return { model, isOwn, images: images.filter((one) => one.cells.length > 0 || one.isAsked) };
  });
  return lanes.filter(({ images }) => images.length > 0);
}

/** Images that get their last description now: every model then answers for their claims too. */
function willBeJudged(
  { run, cells, settled }: RunTask,
  isOpen: (cell: Cell) => boolean,
): readonly string[] {
  return [...evidenceByImage(run, cells)].flatMap(([imageId, evidence]) => {
    if (run.skips?.imageIds.includes(imageId) === true) return [];
    if (!isChecked(run, imageId)) return [];
    const unsettled = evidence.filter(({ key }) => !settled.has(key));
    return unsettled.length > 0 && unsettled.every(isOpen) ? [imageId] : [];
  });
}

/** The run's models as they are now, then as they were, and those that were asked for an answer later. */
function modelsOf({ run }: RunTask) {
  const models = run.models.map((model) => ({ model: latest(run, model), isOwn: true }));
  const others = [...run.models, ...(run.replanned ?? []).map(({ to }) => to)];
  for (const model of [...others, ...(run.again ?? []).map((asked) => asked.model)]) {
    const isKnown = models.some((known) => nameOf(known.model) === nameOf(model));
    if (!isKnown) models.push({ model, isOwn: false });
  }
  return models;
}

function isOf({ identity }: Cell, model: RunModel): boolean {
  const { modelId: id, revision, precision } = identity;
  return nameOf({ id, revision, precision }) === nameOf(model);
}

function nameOf({ id, revision, precision }: RunModel): string {
  return [id, revision, precision].join('|');
}
