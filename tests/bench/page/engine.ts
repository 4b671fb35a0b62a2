/** The app's own vision worker, as the rows drive it. */
import { proxy } from 'comlink';
import type { DecodeSettings } from '../../../src/core/decode';
import type { Answer, LookReport, VisionEngine, WorkReport } from '../../../src/core/protocol';
import type { Device } from '../../../src/core/run';
import { spawn } from '../../../src/engine/spawn';
import { Weights } from '../../../src/engine/weights';
import { WorkerHost } from '../../../src/engine/worker-host';
import { loadRequest } from '../../../src/models/load-request';
import { modelById } from '../../../src/models/registry';
import type { ModelSpec } from '../../../src/models/spec';

const silent = (): void => undefined;

export class Engine {
  readonly #host = new WorkerHost<VisionEngine>(spawn.vision);

  /** Brings the weights into the store and loads the model. */
  static async open(modelId: string, threads: number, device: Device = 'wasm'): Promise<Engine> {
    const spec = specOf(modelId);
    await ensureWeights(spec);
    const engine = new Engine();
    const { id, revision } = spec;
    const request = loadRequest({ modelId: id, revision, device, threads });
    await engine.#host.call((remote) => remote.load(request));
    return engine;
  }

  look(image: Blob, imageId: string): Promise<LookReport> {
    return this.#host.call((remote) => remote.look(image, imageId));
  }

  prepare(image: Blob, imageId: string): Promise<null> {
    return this.#host.call((remote) => remote.prepare(image, imageId));
  }

  ask(imageId: string, prompt: string, decode: DecodeSettings, onText = silent): Promise<Answer> {
    return this.#host.call((remote) => remote.ask({ imageId, prompt, decode }, proxy(onText)));
  }

  interrupt(): Promise<null> {
    return this.#host.call((remote) => remote.interrupt());
  }

  report(): Promise<WorkReport> {
    return this.#host.call((remote) => remote.report());
  }

  stop(): void {
    this.#host.stop();
  }
}

export function specOf(modelId: string): ModelSpec {
  const spec = modelById(modelId);
  if (spec === undefined) throw new Error(`no model ${modelId}`);
  return spec;
}

export async function ensureWeights(spec: ModelSpec): Promise<void> {
  const weights = new Weights();
  await weights.ensure(spec, silent);
  weights.stop();
}

export async function sample(name: string): Promise<Blob> {
  return (await fetch(`./samples/${name}`)).blob();
}
