/** What we use of a tensor of onnxruntime. */
export interface CountedTensor {
  readonly location: string;
  dispose(): void;
}

interface Entry {
  readonly isOnGpu: boolean;
  isOver: boolean;
}

/**
 * Counts the tensors that sessions gave out and that are still there: neither freed nor, on the CPU, collected as garbage. One on the
 * GPU that is collected without having been freed keeps its memory for ever: those are counted as lost.
 */
export class LiveTensors {
  #live = 0;
  #onGpu = 0;
  #lostOnGpu = 0;
  readonly #collected = new FinalizationRegistry<Entry>((entry) => {
    if (entry.isOnGpu && !entry.isOver) this.#lostOnGpu += 1;
    this.#end(entry);
  });

  get report() {
    return { live: this.#live, onGpu: this.#onGpu, lostOnGpu: this.#lostOnGpu };
  }

  add(tensor: CountedTensor): void {
    const entry = { isOnGpu: tensor.location === 'gpu-buffer', isOver: false };
    this.#live += 1;
    if (entry.isOnGpu) this.#onGpu += 1;
    const dispose = tensor.dispose.bind(tensor);
    tensor.dispose = () => {
      this.#end(entry);
      dispose();
    };
    this.#collected.register(tensor, entry);
  }

  #end(entry: Entry): void {
    if (entry.isOver) return;
    entry.isOver = true;
    this.#live -= 1;
    if (entry.isOnGpu) this.#onGpu -= 1;
  }
}
