import { AppError } from '../../../../src/core/errors';
import type { CheckedClaim } from '../../../../src/core/claims';
import type { Cell, CellState } from '../../../../src/core/cell';
import type { ImageItem } from '../../../../src/core/image';
import { cellsOf, type Run } from '../../../../src/core/run';
import type { VerdictState } from '../../../../src/core/verdict';
import type { JudgeRequest, LoadTarget } from '../../../../src/core/protocol';
import type {
  JudgePort,
  ModelActivity,
  RunnerPorts,
  RunTask,
  VisionPort,
} from '../../../../src/engine/runner/types';
import type { JournalRecord } from '../../../../src/storage/journal';

export function image(name: string): ImageItem {
  return {
    id: `id-${name}`,
    name,
    sha256: `sha-${name}`,
    format: 'png',
    bytes: 1,
    widthPx: 1,
    heightPx: 1,
    source: { kind: 'copy' },
    addedAt: 0,
  };
}

export function run(parts: Partial<Run> = {}): Run {
  return {
    id: 'run',
    name: 'run',
    createdAt: 0,
    images: [image('a'), image('b')],
    models: ['one', 'two'].map((id) => ({ id, revision: 'r', precision: 'q8' })),
    prompts: ['p', 'q'].map((id) => ({ id, title: id, text: id, rationale: '', expects: 'prose' })),
    judge: { id: 'judge', revision: 'r', precision: 'q8' },
    judgeMode: 'fuse',
    decode: { maxNewTokens: 8, sampling: { kind: 'greedy' } },
    device: 'wasm',
    threads: 1,
    environment: {
      versions: { app: '0', transformers: '0', onnxruntime: '0' },
      browser: 'test',
      adapter: null,
    },
    ...parts,
  };
}

export async function task(of: Run, parts: Partial<RunTask> = {}): Promise<RunTask> {
  return {
    run: of,
    cells: await cellsOf(of),
    settled: new Map(),
    lanes: 2,
    together: 'all',
    looksAhead: true,
    ...parts,
  };
}

/** What a fake model answers to a question; throwing is a failure of that kind. */
export type AnswerFn = (call: {
  readonly model: string;
  readonly image: string;
  readonly prompt: string;
  readonly worker: number;
  /** Where it is asked for a second time. */
  readonly penalty?: number;
}) => string | Promise<string>;

/** Ports that write down in order what the runner did. */
export class FakeWorld {
  readonly log: string[] = [];
  readonly disk = new Map<string, JournalRecord>();
  readonly cells = new Map<string, CellState>();
  readonly verdicts = new Map<string, VerdictState>();
  readonly alive = new Set<string>();
  workers = 0;
  /** Images that workers were told come next, in order. */
  readonly prepared: string[] = [];
  /** What workers were told to load, in order. */
  readonly loads: LoadTarget[] = [];
  /** Throwing is a model that does not start. */
  onLoad: (target: LoadTarget) => void = () => undefined;
  /** What the runner told of models, in order. */
  readonly activities: (readonly [modelId: string, activity: ModelActivity])[] = [];
  answer: AnswerFn = ({ model, image: name, prompt }) => `${model} ${name} ${prompt}`;
  /** Probability of "yes". */
  check: (call: { model: string; image: string; question: string }) => number = () => 0.5;
  /** Ids of the claims that texts make. */
  claims: (texts: readonly string[]) => readonly string[] = () => ['cat', 'dog'];
  /** Checks that each judgement got. */
  readonly judged: (readonly CheckedClaim[])[] = [];
  /** What the judge was asked, in order. */
  readonly requests: JudgeRequest[] = [];
  judge: (texts: readonly string[]) => string = (texts) => texts.join('; ');
  onSave: (key: string) => void = () => undefined;
  weights: (model: string) => void = () => undefined;

  readonly ports: RunnerPorts = {
    ensureWeights: ({ id }) => {
      try {
        this.weights(id);
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
      this.log.push(`weights ${id}`);
      return Promise.resolve();
    },
    vision: () => this.#vision(),
    judge: () => this.#judge(),
    imageBlob: ({ name }) => Promise.resolve(new Blob([name])),
    saveRecords: async (records) => {
      await Promise.resolve();
      for (const [key, record] of records) {
        this.onSave(key);
        this.disk.set(key, record);
        this.log.push(`save ${record.kind}`);
      }
    },
    savedRecords: (keys) => Promise.resolve(keys.map((key) => this.disk.get(key))),
  };

  readonly events = {
    cell: (key: string, state: CellState) => {
      if (state.status === 'done' && this.disk.get(key)?.kind !== 'description') {
        throw new Error('shown before it was on disk');
      }
      this.cells.set(key, state);
    },
    verdict: (imageId: string, state: VerdictState) => {
      this.verdicts.set(imageId, state);
      if (state.status === 'done') this.log.push(`verdict ${imageId}`);
    },
    model: (id: string, activity: ModelActivity) => void this.activities.push([id, activity]),
  };

  statusOf(cells: readonly Cell[]): string[] {
    return cells.map(({ key }) => this.cells.get(key)?.status ?? 'waiting');
  }

  #vision(): VisionPort {
    const worker = ++this.workers;
    const name = `vision ${String(worker)}`;
    let model = '';
    const looks: (readonly [imageId: string, picture: string])[] = [];
    const seen = (imageId: string): string => {
      const look = looks.slice(-2).find(([id]) => id === imageId);
      if (look === undefined) throw new Error(`${imageId} was not looked at`);
      return look[1];
    };
    this.alive.add(name);
    return {
      load: (target) => {
        this.#load(target);
        const { modelId } = target;
        model = modelId;
        this.log.push(`load ${modelId}`);
        return Promise.resolve({ loadMs: 1 });
      },
      watch: () => Promise.resolve(null),
      prepare: async (blob) => {
        this.prepared.push(`${model} ${await blob.text()}`);
        return null;
      },
      look: async (blob, imageId) => {
        const picture = await blob.text();
        looks.push([imageId, picture]);
        this.log.push(`look ${model} ${picture}`);
        return { decodeMs: 1, encodeMs: 1 };
      },
      ask: async ({ imageId, prompt, decode: { repetitionPenalty: penalty } }, onText, signal) => {
        onText('…');
        const picture = seen(imageId);
        const call = { model, image: picture, prompt, worker };
        const text = await this.answer(penalty === undefined ? call : { ...call, penalty });
        if (signal.aborted) throw new AppError('aborted');
        this.log.push(`ask ${model} ${picture} ${prompt}`);
        return { text, tokenIds: [1, 2], generateMs: 1, cutOff: false };
      },
      check: async ({ imageId, questions }) => {
        await Promise.resolve();
        const picture = seen(imageId);
        this.log.push(`check ${model} ${picture}`);
        return questions.map((question) => this.check({ model, image: picture, question }));
      },
      stop: () => this.alive.delete(name),
    };
  }

  #load(target: LoadTarget): void {
    this.loads.push(target);
    this.onLoad(target);
  }

  #judge(): JudgePort {
    this.alive.add('judge');
    return {
      questions: (descriptions) =>
        Promise.resolve().then(() =>
          this.claims(descriptions.map(({ text }) => text)).map((claimId) => ({
            claimId,
            kind: 'object',
            question: `${claimId}?`,
          })),
        ),
      load: (target) => {
        this.#load(target);
        return Promise.resolve({ loadMs: 1 });
      },
      watch: () => Promise.resolve(null),
      judge: (request) => {
        const { descriptions, checks } = request;
        this.requests.push(request);
        this.judged.push(checks);
        return Promise.resolve().then(() => ({
          caption: this.judge(descriptions.map(({ text }) => text)),
          sentences: [],
          claims: [],
          textRows: [],
          writtenBy: 'judge' as const,
          dropped: [],
          judgeMs: 1,
          newTokens: 1,
        }));
      },
      stop: () => this.alive.delete('judge'),
    };
  }
}
