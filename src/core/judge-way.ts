import type { JudgedAgain } from './again';
import type { JudgeMode, Run } from './run';

/** How a verdict is made: in which mode, and whether the judge reads the descriptions in the opposite order. */
export interface JudgeWay {
  readonly mode: JudgeMode;
  /** To see what the place of a description among the others is worth to the judge. */
  readonly order?: 'reversed';
}

/** The judge's model writes in this mode; else it need not be there. Apart from what the modes do, which the page need not load. */
export function isWritten(mode: JudgeMode): boolean {
  return mode !== 'select' && mode !== 'consensus';
}

/** As a part of the journal's key; that of the usual order is the mode alone. */
export function wayName({ mode, order }: JudgeWay): string {
  return order === undefined ? mode : `${mode}~${order}`;
}

export function isSameWay(a: JudgeWay, b: JudgeWay): boolean {
  return wayName(a) === wayName(b);
}

/** How the image is to be judged: as it was last asked for, else as the run was planned. */
export function wayOf(
  { judgeMode, judgedAgain = [] }: Pick<Run, 'judgeMode' | 'judgedAgain'>,
  imageId: string,
): JudgeWay {
  return wayAsked(
    judgeMode,
    judgedAgain.findLast((asked) => asked.imageId === imageId),
  );
}

/** The way of one asking; the run's own where none was named. */
export function wayAsked(mode: JudgeMode, asked: Pick<JudgedAgain, 'way'> | undefined): JudgeWay {
  return asked?.way ?? { mode };
}
