import { isSameWay, withCalibration, type JudgeWay } from '../core/judge-way';
import { MODES } from '../core/judge-modes/modes';
import { JUDGE_MODES, type JudgeMode } from '../core/run';
import type { Verdict } from '../core/verdict';
import { isSameSet, type PastVerdict } from './board-verdicts.svelte';
import type { RunBoard } from './run-board.svelte';

/** A verdict of one mode from the answers that count now, beside those of the others. */
export interface ModeRow {
  readonly mode: JudgeMode;
  /** By what models count as in the verdict that stands. */
  readonly way: JudgeWay;
  readonly swappedWay: JudgeWay;
  /** Undefined where nobody has asked for it. */
  readonly verdict: Verdict | undefined;
  /** The same with the descriptions in the opposite order. */
  readonly swapped: Verdict | undefined;
  readonly isStanding: boolean;
  readonly isSwappedStanding: boolean;
  /** The order can make a difference: a model reads the descriptions. */
  readonly isOrdered: boolean;
}

type Board = Pick<RunBoard, 'verdict' | 'pastVerdicts' | 'judgedKeys' | 'judgedWay'>;

/**
 * Every mode, with its verdict where there is one.
 * @param standsAgain the way of the verdict that others are made beside of just now
 */
export function modeRows(board: Board, imageId: string, standsAgain?: JudgeWay): ModeRow[] {
  const made = verdictsFrom(board, imageId);
  const isDone = board.verdict(imageId)?.status === 'done';
  const standing = standsAgain ?? (isDone ? board.judgedWay(imageId) : undefined);
  const isStanding = (way: JudgeWay): boolean => standing !== undefined && isSameWay(standing, way);
  const { calibration } = board.judgedWay(imageId);
  return JUDGE_MODES.map((mode) => {
    const way = withCalibration({ mode }, calibration);
    const swappedWay = withCalibration({ mode, order: 'reversed' }, calibration);
    const of = (way: JudgeWay): Verdict | undefined =>
      made.find((one) => isSameWay(one.way, way))?.verdict;
    return {
      mode,
      way,
      swappedWay,
      verdict: of(way),
      swapped: of(swappedWay),
      isStanding: isStanding(way),
      isSwappedStanding: isStanding(swappedWay),
      isOrdered: MODES[mode].isWritten,
    };
  });
}

/** All verdicts on the image from the answers that the one that stands is made from. */
function verdictsFrom(board: Board, imageId: string): PastVerdict[] {
  const cellKeys = board.judgedKeys(imageId);
  const state = board.verdict(imageId);
  const now =
    state?.status === 'done'
      ? [{ verdict: state.verdict, cellKeys, way: board.judgedWay(imageId) }]
      : [];
  const past = board.pastVerdicts(imageId).filter((one) => isSameSet(one.cellKeys, cellKeys));
  return [...now, ...past];
}

/** How two verdicts on one image differ in what they say. */
export interface ClaimDifference {
  readonly common: number;
  readonly more: number;
  readonly fewer: number;
}

export function claimDifference(verdict: Verdict, other: Verdict): ClaimDifference {
  const [own, others] = [saidBy(verdict), saidBy(other)];
  const common = [...own].filter((id) => others.has(id)).length;
  return { common, more: own.size - common, fewer: others.size - common };
}

/** Ids of the claims that the caption says. */
export function saidBy({ sentences }: Pick<Verdict, 'sentences'>): Set<string> {
  return new Set(sentences.flatMap(({ claimIds }) => claimIds));
}
