import type { CheckedClaim } from '../../core/claims';
import { AppError } from '../../core/errors';
import type { ClaimQuestion } from '../../core/protocol';

/** As `Promise.withResolvers`, which Node 20 does not have. */
class Deferred<T> {
  resolve!: (value: T) => void;
  reject!: (reason: AppError) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

interface ImageChecks {
  readonly questions: Deferred<readonly ClaimQuestion[] | null>;
  /** Models that have not answered yet. */
  readonly awaited: Set<string>;
  readonly checks: CheckedClaim[];
}

/**
 * Brings the claims about an image to every model and their answers back: each model's lane waits for an image's questions
 * and answers them; when the last has, or has left, the image is complete.
 */
export class CheckPass {
  readonly #modelIds: Set<string>;
  readonly #complete: (imageId: string, checks: readonly CheckedClaim[]) => void;
  readonly #images = new Map<string, ImageChecks>();
  readonly #signal: AbortSignal;

  constructor(
    modelIds: readonly string[],
    complete: (imageId: string, checks: readonly CheckedClaim[]) => void,
    signal: AbortSignal,
  ) {
    this.#modelIds = new Set(modelIds);
    this.#complete = complete;
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      for (const { questions } of this.#images.values()) questions.reject(new AppError('aborted'));
    });
  }

  /** All descriptions of the image are there: these are the claims to check. */
  ask(imageId: string, questions: readonly ClaimQuestion[]): void {
    const image = this.#image(imageId);
    image.questions.resolve(questions);
    this.#finish(imageId, image);
  }

  /** Nothing about this image needs a check. */
  skip(imageId: string): void {
    const image = this.#image(imageId);
    image.awaited.clear();
    image.questions.resolve(null);
  }

  /** Resolves when the image is described by every model; null where nothing is to be checked. */
  questions(imageId: string): Promise<readonly ClaimQuestion[] | null> {
    return this.#image(imageId).questions.promise;
  }

  answer(imageId: string, modelId: string, checks: readonly CheckedClaim[]): void {
    const image = this.#image(imageId);
    if (!image.awaited.delete(modelId)) return;
    image.checks.push(...checks);
    this.#finish(imageId, image);
  }

  /** The model answers no more. */
  leave(modelId: string): void {
    this.#modelIds.delete(modelId);
    for (const imageId of this.#images.keys()) this.answer(imageId, modelId, []);
  }

  #finish(imageId: string, image: ImageChecks): void {
    if (image.awaited.size > 0) return;
    void image.questions.promise.then(
      (questions) => {
        if (questions !== null) this.#complete(imageId, image.checks);
      },
      () => undefined, // aborted
    );
  }

  #image(imageId: string): ImageChecks {
    const known = this.#images.get(imageId);
    if (known !== undefined) return known;
    const image: ImageChecks = {
      questions: new Deferred(),
      awaited: new Set(this.#modelIds),
      checks: [],
    };
    image.questions.promise.catch(() => undefined); // a lane that waits for it gets the reason
    if (this.#signal.aborted) image.questions.reject(new AppError('aborted'));
    this.#images.set(imageId, image);
    return image;
  }
}
