import type { Device, DeviceChoice, RunEnvironment } from '../core/run';
import type { DeviceLimits } from '../core/device-fit';
import {
  chooseDevice,
  limitsOf,
  looksAhead,
  probeCapabilities,
  shareCores,
  type Capabilities,
} from '../engine/capabilities';
import { askPersistence, storageReport, type StorageReport } from '../storage/quota';

/** What this browser has, asked once; storage again after each run. */
export class DeviceState {
  #capabilities = $state.raw<Capabilities | null>(null);
  #storage = $state.raw<StorageReport | null>(null);

  get capabilities(): Capabilities | null {
    return this.#capabilities;
  }
  get storage(): StorageReport | null {
    return this.#storage;
  }

  async probe(): Promise<void> {
    this.#capabilities = await probeCapabilities();
    await this.refreshStorage();
  }

  async refreshStorage(): Promise<void> {
    this.#storage = await storageReport();
  }

  /** Asked on the user's first action, once. */
  async askPersistence(): Promise<void> {
    if (this.#storage?.persisted === true) return;
    await askPersistence();
    await this.refreshStorage();
  }

  /** What models are measured against; null before the browser was asked. */
  readonly limits: DeviceLimits | null = $derived.by(() =>
    this.#capabilities === null ? null : limitsOf(this.#capabilities, this.#storage),
  );

  /** What a run's manifest says of this browser. */
  get environment(): RunEnvironment {
    const webgpu = this.#capabilities?.webgpu;
    return {
      versions: __VERSIONS__,
      browser: navigator.userAgent,
      adapter: webgpu === undefined || webgpu.kind === 'none' ? null : webgpu.adapter,
    };
  }

  /** The device and the share of cores that a run with these choices gets. */
  plan(
    choice: DeviceChoice,
    modelCount: number,
    threads: number | 'auto',
  ): {
    readonly device: Device;
    readonly lanes: number;
    readonly looksAhead: boolean;
    readonly threads: number;
  } {
    const capabilities = this.#capabilities ?? {
      webgpu: { kind: 'none' },
      crossOriginIsolated: false,
      cores: 1,
      wasmHeapBytes: 0,
      deviceMemoryBytes: null,
    };
    const device = chooseDevice(choice, capabilities);
    const shared = shareCores(device, modelCount, threads, capabilities);
    return { device, looksAhead: looksAhead(device, shared, capabilities), ...shared };
  }
}
