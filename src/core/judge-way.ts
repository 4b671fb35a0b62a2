import type { JudgedAgain } from './again';
import type { JudgeMode, Run } from './run';

/** How a verdict is made: in which mode, whether the judge reads the descriptions in the opposite order, and by what models count. */
export interface JudgeWay {
  readonly mode: JudgeMode;
  /** To see what the place of a description among the others is worth to the judge. */
  readonly order?: 'reversed';
  /** Name of one of the run's calibrations; models without one of their own count alike where absent. */
  readonly calibration?: string;
}

/** The judge's model writes in this mode; else it need not be there. Apart from what the modes do, which the page need not load. */
export function isWritten(mode: JudgeMode): boolean {
  return mode !== 'select' && mode !== 'consensus';
}

/** As a part of the journal's key; that of the usual order is the mode alone. */
export function wayName({ mode, order, calibration }: JudgeWay): string {
  return [mode, order, calibration && `by-${calibration}`].filter(Boolean).join('~');
}

export function isSameWay(a: JudgeWay, b: JudgeWay): boolean {
  return wayName(a) === wayName(b);
}

/** What of a run decides how it is judged. */
export type Judging = Pick<Run, 'judgeMode' | 'judgedAgain' | 'calibrated'>;

/** How the image is to be judged: as it was last asked for, else as the run was planned. */
export function wayOf(run: Judging, imageId: string): JudgeWay {
  const asked = run.judgedAgain?.findLast((one) => one.imageId === imageId);
  return waysAsked(run, asked).reduce((_, last) => last);
}

/**
 * The way of one asking as it was first, the run's own where none was named, and then by what models counted from some time on; as
 * it is now is the last.
 */
export function waysAsked(
  { judgeMode, calibrated = [] }: Judging,
  asked?: Pick<JudgedAgain, 'way' | 'askedAt'>,
): JudgeWay[] {
  const first = asked?.way ?? { mode: judgeMode };
  const since = asked?.way ? asked.askedAt : 0;
  return [
    first,
    ...calibrated.filter(({ at }) => at > since).map(({ name }) => withCalibration(first, name)),
  ];
}

/** @param calibration its name; undefined or empty: all models count alike */
export function withCalibration({ mode, order }: JudgeWay, calibration?: string): JudgeWay {
  return { mode, ...(order && { order }), ...(calibration && { calibration }) };
}
