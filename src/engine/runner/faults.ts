import { AppError, faultOf, type ErrorData } from '../../core/errors';

/** Ten failures in a row mean the machine, not the pictures. */
export const MAX_FAILURES_IN_A_ROW = 10;

/** Attempts a cell gets when its worker is at fault. */
export const MAX_ATTEMPTS = 2;

/** What to do about a failure: whose fault it was decides. */
export type Remedy = 'fail-cell' | 'restart-worker' | 'fail-model' | 'stop-run';

/** How often the cell was tried, and whether its worker had done anything before. */
interface Circumstances {
  readonly attempt: number;
  readonly isFresh: boolean;
}

/**
 * A heap that has grown over many pictures may be enough for a worker that starts anew; a device that is lost twice is not
 * there for this model.
 */
export function remedyFor(
  error: ErrorData,
  { attempt, isFresh }: Circumstances = { attempt: 1, isFresh: true },
): Remedy {
  if (error.code === 'out-of-memory' && !isFresh && attempt < MAX_ATTEMPTS) return 'restart-worker';
  if (error.code === 'device-lost' && attempt >= MAX_ATTEMPTS) return 'fail-model';
  switch (faultOf(error.code)) {
    case 'image':
      return 'fail-cell';
    case 'worker':
      return 'restart-worker';
    case 'model':
      return 'fail-model';
    case 'machine':
    case 'nobody':
      return 'stop-run';
  }
}

/** Counts failures over all models; a success anywhere starts it again. */
export class FailureStreak {
  #length = 0;
  /** Why the pictures could not be read, where that is all that was wrong. */
  #source: ErrorData['code'] | undefined;

  succeeded(): void {
    this.#length = 0;
  }

  /** @throws AppError `machine-failing` at the tenth in a row, `source-failing` where a folder that can't be read is behind all of them */
  failed(error: ErrorData): void {
    this.#length += 1;
    const isFirst = this.#length === 1;
    const isSame = isFirst ? error.code.startsWith('source-') : error.code === this.#source;
    this.#source = isSame ? error.code : undefined;
    if (this.#length >= MAX_FAILURES_IN_A_ROW) {
      throw new AppError(
        isSame ? 'source-failing' : 'machine-failing',
        `${error.code} ${error.detail}`.trim(),
      );
    }
  }
}
