/**
 * What of a repository is needed to run it: pure, from its list of files and its `config.json`. The same for a model of the
 * catalogue and for any other repository; only what the catalogue knows is known of more.
 */
import * as v from 'valibot';
import { ARCHITECTURES, familyOf, type Architecture } from './architectures';
import type { DeviceKind, HubModel } from './hub-model';
import { onnxParts, type OnnxFiles, type RepositoryFile } from './onnx-files';
import { choosePrecisions, offeredPrecisions, type Choice } from './precisions';
import { refuse, type Planned, type PlanRefusal } from './refusal';
import type { ModelFamily, PartPrecisions, Precision } from './spec';

/** A repository at one commit, as the Hub tells it. */
export interface Repository<File extends RepositoryFile = RepositoryFile> {
  readonly files: readonly File[];
  /** Parsed JSON files by path: untrusted. `config.json` is read, and `tokenizer_config.json` for its template where it is there. */
  readonly configs: Readonly<Record<string, unknown>>;
}

/** What is to be fetched and how it is loaded. */
export interface Plan<File extends RepositoryFile = RepositoryFile> {
  readonly family: ModelFamily;
  /** Of the part that writes: what people call the model's. */
  readonly precision: Precision;
  readonly parts: PartPrecisions;
  readonly files: readonly File[];
  readonly bytes: number;
}

/** A repository that can be run, whatever the precision. */
export interface Readable<File extends RepositoryFile = RepositoryFile> {
  readonly family: ModelFamily;
  readonly architecture: Architecture;
  /** Configurations, tokenizer, processor, template. */
  readonly common: readonly File[];
  readonly onnx: OnnxFiles<File>;
}

const configSchema = v.object({
  model_type: v.pipe(v.string(), v.nonEmpty()),
  'transformers.js_config': v.fallback(
    v.optional(
      v.object({
        use_external_data_format: v.optional(
          v.union([
            v.boolean(),
            v.number(),
            v.record(v.string(), v.union([v.boolean(), v.number()])),
          ]),
        ),
      }),
    ),
    undefined,
  ),
});

/** A template is text, or a list of named ones. */
const templateSchema = v.object({
  chat_template: v.union([v.string(), v.array(v.unknown())]),
});

const TOKENIZER = ['tokenizer.json', 'tokenizer_config.json'];
const TEMPLATES = ['chat_template.jinja', 'chat_template.json'];
const OPTIONAL = ['generation_config.json', ...TEMPLATES];

/** Whether a repository can be run at all. @param model its entry of the catalogue, where it has one */
export function readRepository<File extends RepositoryFile>(
  { files, configs }: Repository<File>,
  model?: HubModel,
): Planned<Readable<File>> {
  const paths = new Set(files.map(({ path }) => path));
  const found = weightsFound(paths);
  if (!paths.has('config.json'))
    return refuse(
      found === 'safetensors' || found === 'gguf' || found === 'pytorch'
        ? { code: 'no-onnx', found }
        : { code: 'not-a-model' },
    );
  const config = v.safeParse(configSchema, configs['config.json']);
  if (!config.success) return refuse({ code: 'config-unreadable' });
  if (found !== 'onnx') return refuse({ code: 'no-onnx', found });
  const { model_type: modelType } = config.output;
  const family =
    model !== undefined && ARCHITECTURES[model.family].modelType === modelType
      ? model.family
      : familyOf(modelType);
  if (family === undefined)
    return refuse({ code: 'unknown-architecture', architecture: modelType });
  const architecture = ARCHITECTURES[family];
  const refusal = missingText(architecture, paths, configs);
  if (refusal !== undefined) return refuse(refusal);
  const claimed = config.output['transformers.js_config']?.use_external_data_format;
  const onnx = onnxParts(files, architecture.parts, claimed);
  if (onnx.missing.length > 0)
    return refuse({ code: 'parts-missing', missing: onnx.missing.map((part) => `onnx/${part}`) });
  const wanted = new Set([
    'config.json',
    ...OPTIONAL,
    ...TOKENIZER,
    ...processorFiles(architecture),
  ]);
  const common = files.filter(({ path }) => wanted.has(path));
  return { ok: true, value: { family, architecture, common, onnx } };
}

/** What is needed to run a repository on a kind of device at a chosen precision. */
export function planModel<File extends RepositoryFile>(
  repository: Repository<File>,
  device: DeviceKind,
  choice: Choice,
  model?: HubModel,
): Planned<Plan<File>> {
  const read = readRepository(repository, model);
  if (!read.ok) return read;
  const { family, architecture, common, onnx } = read.value;
  const chosen = choosePrecisions({ architecture, onnx, device, choice, model });
  if (!chosen.ok) return chosen;
  const parts = chosen.value;
  const incomplete = architecture.parts.flatMap((part) => missingData(onnx, part, parts[part]));
  if (incomplete.length > 0) return refuse({ code: 'external-data-missing', missing: incomplete });
  const weights = architecture.parts.flatMap((part) => filesOf(onnx, part, parts[part]));
  const files = [...common, ...weights];
  return {
    ok: true,
    value: {
      family,
      precision: parts[architecture.main] ?? 'fp32',
      parts,
      files,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    },
  };
}

/** A precision that a repository offers, with all that would be fetched for it. */
export interface Offer {
  readonly precision: Precision;
  readonly bytes: number;
}

/** What can be chosen on a kind of device, lightest first. */
export function offers(
  repository: Repository,
  device: DeviceKind,
  model?: HubModel,
): Planned<readonly Offer[]> {
  const read = readRepository(repository, model);
  if (!read.ok) return read;
  const { architecture, onnx } = read.value;
  const found = offeredPrecisions(architecture, onnx).flatMap((precision): Offer[] => {
    const plan = planModel(repository, device, precision, model);
    return plan.ok ? [{ precision, bytes: plan.value.bytes }] : [];
  });
  return { ok: true, value: found.sort((a, b) => a.bytes - b.bytes) };
}

function filesOf<File extends RepositoryFile>(
  onnx: OnnxFiles<File>,
  part: string,
  precision: Precision | undefined,
): readonly File[] {
  const file = precision === undefined ? undefined : onnx.parts[part]?.[precision];
  return file === undefined ? [] : [file.graph, ...file.data];
}

function missingData(
  onnx: OnnxFiles,
  part: string,
  precision: Precision | undefined,
): readonly string[] {
  return precision === undefined ? [] : (onnx.parts[part]?.[precision]?.missingData ?? []);
}

function processorFiles({ sees, needsProcessorConfig }: Architecture): readonly string[] {
  if (!sees) return [];
  return needsProcessorConfig === true
    ? ['preprocessor_config.json', 'processor_config.json']
    : ['preprocessor_config.json'];
}

function missingText(
  architecture: Architecture,
  paths: ReadonlySet<string>,
  configs: Repository['configs'],
): PlanRefusal | undefined {
  const absent = (names: readonly string[]) => names.filter((name) => !paths.has(name));
  const tokenizer = absent(TOKENIZER);
  if (tokenizer.length > 0) return { code: 'no-tokenizer', missing: tokenizer };
  const processor = absent(processorFiles(architecture));
  if (processor.length > 0) return { code: 'no-processor', missing: processor };
  const settings = configs['tokenizer_config.json'];
  const hasTemplate =
    settings === undefined ||
    TEMPLATES.some((name) => paths.has(name)) ||
    v.is(templateSchema, settings);
  return architecture.needsTemplate && !hasTemplate ? { code: 'no-chat-template' } : undefined;
}

function weightsFound(
  paths: ReadonlySet<string>,
): 'onnx' | 'safetensors' | 'gguf' | 'pytorch' | 'nothing' {
  const has = (pattern: RegExp) => [...paths].some((path) => pattern.test(path));
  if (has(/\.onnx$/u)) return 'onnx';
  if (has(/\.safetensors$/u)) return 'safetensors';
  if (has(/\.gguf$/iu)) return 'gguf';
  return has(/\.(?:bin|pt|pth|ckpt)$/u) ? 'pytorch' : 'nothing';
}
