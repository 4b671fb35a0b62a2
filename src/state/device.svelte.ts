import type { Device, DeviceChoice, RunEnvironment } from '../core/run';
import {
  chooseDevice,
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
  ): { readonly device: Device; readonly lanes: number; readonly threads: number } {
    const capabilities = this.#capabilities ?? {
      webgpu: { kind: 'none' },
      crossOriginIsolated: false,
      cores: 1,
    };
    const device = chooseDevice(choice, capabilities);
    return { device, ...shareCores(device, modelCount, threads, capabilities) };
  }
}
