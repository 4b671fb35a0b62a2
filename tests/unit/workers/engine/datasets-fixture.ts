import type { DatasetPicture, PartRef, PictureColumns } from '../../../../src/core/datasets';
import { unwrap } from '../../../../src/core/errors';
import type { DatasetLookUp } from '../../../../src/core/protocol';
import { DatasetReader } from '../../../../workers/engine/datasets/dataset-engine';
import type { BuiltDataset, Hub } from '../../../hub/index';
import { startHub, type HubOptions } from '../../../hub/index';
import { IMPATIENT } from './hub-fixture';

export const ALICE = 'hf_alice';
export const BOB = 'hf_bob';

/** A Hub with these datasets, and two people who may ask. */
export function hubWith(datasets: readonly BuiltDataset[], options: HubOptions = {}): Promise<Hub> {
  return startHub({
    repos: datasets.map(({ repo }) => repo),
    viewers: datasets.flatMap(({ viewer }) => (viewer === undefined ? [] : [viewer])),
    tokens: [
      { token: ALICE, user: 'alice' },
      { token: BOB, user: 'bob' },
    ],
    ...options,
  });
}

/** The worker's engine, asked as the page asks it. All throw AppError. */
export class Reader {
  readonly engine = new DatasetReader(IMPATIENT);
  readonly #hub: Hub;
  readonly #token: string | undefined;
  readonly #viewer: boolean;

  constructor(hub: Hub, { token, viewer = true }: { token?: string; viewer?: boolean } = {}) {
    this.#hub = hub;
    this.#token = token;
    this.#viewer = viewer;
  }

  get call() {
    const access = {
      endpoint: this.#hub.url,
      viewer: this.#viewer ? this.#hub.viewerUrl : '',
      ...(this.#token === undefined ? {} : { token: this.#token }),
    };
    return { taskId: crypto.randomUUID(), access };
  }

  async lookUp(dataset: string, more: Partial<DatasetLookUp> = {}) {
    return unwrap(await this.engine.lookUp({ ...this.call, dataset, ...more }));
  }

  /** The part that a dataset has first, or the one that is named. */
  async open(dataset: string, more: Partial<DatasetLookUp> = {}, place = 0) {
    const report = await this.lookUp(dataset, more);
    const { config, split } = report.parts[place]!;
    const { revision, route } = report;
    const asked: PartRef = { dataset: report.dataset, revision, route, config, split };
    const opened = unwrap(await this.engine.openPart({ ...this.call, part: asked }));
    return { report, opened, part: { ...asked, route: opened.route } };
  }

  async pictures(
    part: PartRef,
    rows: readonly number[],
    columns: Partial<PictureColumns> = {},
  ): Promise<readonly DatasetPicture[]> {
    const all = { image: 'image', caption: null, bytes: 'copies', ...columns } as const;
    return unwrap(await this.engine.pictures({ ...this.call, part, rows, columns: all }));
  }

  async bytes({ place }: Pick<DatasetPicture, 'place'>, sha256?: string): Promise<Uint8Array> {
    const more = sha256 === undefined ? {} : { sha256 };
    const blob = unwrap(await this.engine.picture({ ...this.call, place, ...more }));
    return new Uint8Array(await blob.arrayBuffer());
  }
}
