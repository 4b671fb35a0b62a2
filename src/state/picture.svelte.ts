import { toErrorData, type ErrorData } from '../core/errors';
import type { ImageItem } from '../core/image';
import type { ReadImage } from '../sources/image-bytes';

/** One picture in full size. Owns its object URL. */
export class PictureState {
  readonly #read: ReadImage;
  #url = $state.raw<string | undefined>();
  #error = $state.raw<ErrorData | undefined>();

  constructor(read: ReadImage) {
    this.#read = read;
  }

  get url(): string | undefined {
    return this.#url;
  }
  get error(): ErrorData | undefined {
    return this.#error;
  }

  /** Reads the picture; the function that is returned lets go of it. */
  show(image: ImageItem): () => void {
    let url: string | undefined;
    let closed = false;
    this.#error = undefined;
    this.#read(image).then(
      (blob) => {
        if (closed) return;
        url = URL.createObjectURL(blob);
        this.#url = url;
      },
      (error: unknown) => {
        if (!closed) this.#error = toErrorData(error);
      },
    );
    return () => {
      closed = true;
      this.#url = undefined;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }
}
