import { AppError } from '../../src/core/errors';

/**
 * The graphics device of this worker. When the browser takes it away, onnxruntime's runs fail with messages about buffers
 * or never end, and nothing in this realm recovers: every call then ends as `device-lost`.
 */
export class DeviceLoss {
  #error: AppError | undefined;
  readonly #waiting = new Set<(error: AppError) => void>();

  /** Undefined while the device is there, or where none was ever used. */
  get error(): AppError | undefined {
    return this.#error;
  }

  watch(device: { readonly lost: Promise<Pick<GPUDeviceLostInfo, 'reason' | 'message'>> }): void {
    void device.lost.then(({ reason, message }) => {
      this.#error ??= new AppError('device-lost', [reason, message].filter(Boolean).join(': '));
      for (const reject of [...this.#waiting]) reject(this.#error);
    });
  }

  /** The work's own end, or the loss of the device. */
  async whileThere<T>(work: () => Promise<T>): Promise<T> {
    if (this.#error !== undefined) throw this.#error;
    let stop: ((error: AppError) => void) | undefined;
    const loss = new Promise<never>((_, reject) => {
      stop = reject;
      this.#waiting.add(reject);
    });
    try {
      return await Promise.race([work(), loss]);
    } finally {
      if (stop !== undefined) this.#waiting.delete(stop);
    }
  }
}

export const deviceLoss = new DeviceLoss();
