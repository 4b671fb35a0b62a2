import { newId } from '../core/id';
import type { ImageItem } from '../core/image';
import type { RunManifest } from '../core/manifest';
import type { Prompt } from '../core/prompts';
import { PREDEFINED_PROMPTS } from '../core/prompts';
import type { JudgeMode, Run } from '../core/run';
import { NO_WISHES, type Wishes } from '../core/wishes';
import type { ModelSpec } from '../models/spec';
import { VISION_MODELS } from '../models/registry';
import type { DescribedState } from './described.svelte';
import type { ImagesState } from './images.svelte';
import type { ModelsState } from './models.svelte';
import type { Notices } from './notices.svelte';
import type { SettingsState } from './settings.svelte';

/** `skip`: there are pictures, and all of them are skipped. */
export type MissingPart = 'images' | 'skip' | 'models' | 'prompts';

/** What a run would do with the choices as they are now. */
export interface PlanSize {
  readonly images: number;
  /** Pictures that have a description already. */
  readonly skipped: number;
  readonly models: number;
  readonly prompts: number;
  readonly descriptions: number;
  readonly verdicts: number;
  /** Of the chosen models' files; null before it is known what is here. */
  readonly toDownloadBytes: number | null;
}

interface Dependencies {
  readonly settings: SettingsState;
  readonly images: ImagesState;
  readonly notices: Notices;
  readonly described: DescribedState;
  readonly models: ModelsState;
}

/** The choices of the set-up column, as the screens show them. */
export class SetupState {
  readonly #settings: SettingsState;
  readonly #images: ImagesState;
  readonly #notices: Notices;
  readonly #described: DescribedState;
  readonly #models: ModelsState;

  constructor({ settings, images, notices, described, models }: Dependencies) {
    this.#settings = settings;
    this.#images = images;
    this.#notices = notices;
    this.#described = described;
    this.#models = models;
  }

  get visionModels(): readonly ModelSpec[] {
    return this.#models.vision;
  }
  get judgeModels(): readonly ModelSpec[] {
    return this.#models.judges;
  }

  readonly prompts: readonly Prompt[] = $derived.by(() => [
    ...PREDEFINED_PROMPTS,
    ...this.#settings.value.customPrompts,
  ]);

  readonly chosenModels: readonly ModelSpec[] = $derived.by(() => {
    const { modelIds } = this.#settings.value;
    return modelIds === null
      ? VISION_MODELS
      : this.visionModels.filter(({ id }) => modelIds.includes(id));
  });

  readonly chosenPrompts: readonly Prompt[] = $derived.by(() =>
    this.prompts.filter(({ id }) => this.#settings.value.promptIds.includes(id)),
  );

  readonly chosenJudge: ModelSpec | null = $derived.by(
    () => this.judgeModels.find(({ id }) => id === this.#settings.value.judgeId) ?? null,
  );

  /** The pictures that a run would describe. */
  readonly chosenImages: readonly ImageItem[] = $derived.by(() =>
    this.#images.items.filter(({ id }) => !this.#described.skipped.has(id)),
  );

  /** Brings up to date what is skipped. @throws AppError where it can't be read */
  async refreshSkipped(): Promise<void> {
    await this.#described.refresh();
  }

  readonly planSize: PlanSize = $derived.by(() => {
    const images = this.chosenImages.length;
    const models = this.chosenModels.length;
    const prompts = this.chosenPrompts.length;
    return {
      images,
      skipped: this.#images.items.length - images,
      models,
      prompts,
      descriptions: images * models * prompts,
      verdicts: this.chosenJudge === null ? 0 : images,
      toDownloadBytes: this.#toDownloadBytes,
    };
  });

  readonly #toDownloadBytes: number | null = $derived.by(() => {
    const { chosenModels, chosenJudge } = this;
    const specs = chosenJudge === null ? chosenModels : [...chosenModels, chosenJudge];
    // A model that also judges is fetched once.
    const distinct = new Map(specs.map((spec) => [spec.id, spec]));
    return [...distinct.values()].reduce<number | null>((sum, spec) => {
      const missing = this.#models.missingBytes(spec);
      return sum === null || missing === null ? null : sum + missing;
    }, 0);
  });

  /** What keeps a run from starting, in the order of the set-up. */
  readonly missing: readonly MissingPart[] = $derived.by(() => {
    const { images, skipped, models, prompts } = this.planSize;
    const parts: MissingPart[] = [];
    if (images === 0) parts.push(skipped === 0 ? 'images' : 'skip');
    if (models === 0) parts.push('models');
    if (prompts === 0) parts.push('prompts');
    return parts;
  });

  /** Makes the choices that a run was made with, as far as its models and prompts are still known. */
  chooseAs({ models, prompts, judge, judgeMode, decode, wishes, precisionChoice }: Run): void {
    const { customPrompts } = this.#settings.value;
    const known = new Set(this.prompts.map(({ id }) => id));
    this.#settings.change({
      modelIds: models
        .map(({ id }) => id)
        .filter((id) => this.visionModels.some((spec) => spec.id === id)),
      customPrompts: [...customPrompts, ...prompts.filter(({ id }) => !known.has(id))],
      promptIds: prompts.map(({ id }) => id),
      judgeId: judge?.id ?? null,
      judgeMode,
      maxNewTokens: decode.maxNewTokens,
      sampling: decode.sampling,
      wishes: wishes ?? NO_WISHES,
      precision: precisionChoice ?? 'auto',
    });
  }

  /** Makes the choices of a manifest; what could not be as it was is said in sentences. */
  async adopt(manifest: RunManifest): Promise<readonly string[]> {
    return (await import('./adopt')).adopt(manifest, this, this.#settings);
  }

  isPredefined(prompt: Prompt): boolean {
    return PREDEFINED_PROMPTS.some(({ id }) => id === prompt.id);
  }

  toggleModel(id: string): void {
    const chosen = this.chosenModels.map((spec) => spec.id);
    this.#settings.change({ modelIds: toggled(chosen, id) });
  }

  addModel(id: string): void {
    const chosen = this.chosenModels.map((spec) => spec.id);
    this.chooseModels([...new Set([...chosen, id])]);
  }

  chooseModels(ids: readonly string[]): void {
    this.#settings.change({ modelIds: [...ids] });
  }

  togglePrompt(id: string): void {
    this.#settings.change({ promptIds: toggled(this.#settings.value.promptIds, id) });
  }

  get wishes(): Wishes {
    return this.#settings.value.wishes;
  }

  wish(part: Partial<Wishes>): void {
    this.#settings.change({ wishes: { ...this.wishes, ...part } });
  }

  get judgeMode(): JudgeMode {
    return this.#settings.value.judgeMode;
  }

  chooseJudgeMode(judgeMode: JudgeMode): void {
    this.#settings.change({ judgeMode });
  }

  chooseJudge(id: string | null): void {
    this.#settings.change({ judgeId: id });
  }

  /** Keeps a custom prompt and checks it. */
  addPrompt(title: string, text: string): void {
    const { customPrompts, promptIds } = this.#settings.value;
    const prompt: Prompt = {
      id: `custom-${newId()}`,
      title: title.trim(),
      text: text.trim(),
      rationale: 'Your own prompt.',
      expects: 'prose',
    };
    this.#settings.change({
      customPrompts: [...customPrompts, prompt],
      promptIds: [...promptIds, prompt.id],
    });
  }

  removePrompt(id: string): void {
    const { customPrompts, promptIds } = this.#settings.value;
    const removed = customPrompts.find((prompt) => prompt.id === id);
    if (removed === undefined) return;
    this.#settings.change({
      customPrompts: customPrompts.filter((prompt) => prompt.id !== id),
      promptIds: promptIds.filter((other) => other !== id),
    });
    this.#notices.show({
      text: `Prompt “${removed.title}” removed`,
      tone: 'info',
      action: {
        label: 'Undo',
        run: () => {
          this.#settings.change({ customPrompts, promptIds });
        },
      },
    });
  }
}

function toggled(list: readonly string[], id: string): string[] {
  return list.includes(id) ? list.filter((other) => other !== id) : [...list, id];
}
