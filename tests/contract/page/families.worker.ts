/** A fixture through the app's own family code and engines: what is kept of a look, and the same without it. */
import { Tensor } from '@huggingface/transformers';
import type { DecodeSettings } from '../../../src/core/decode';
import { unwrap } from '../../../src/core/errors';
import type { LoadRequest } from '../../../src/core/protocol';
import { ARCHITECTURES } from '../../../src/models/architectures';
import { loadRequest } from '../../../src/models/load-request';
import { addModels } from '../../../src/models/registry';
import { firstLogits, generate, type Generated } from '../../../workers/engine/generate';
import { TransformersJudge } from '../../../workers/engine/judge-engine';
import { yesNoTokens, yesProbability } from '../../../workers/engine/logits';
import { pixelsOf } from '../../../workers/engine/look';
import { configureRuntime } from '../../../workers/engine/runtime';
import type { TokenInputs } from '../../../workers/engine/transformers';
import { TransformersVision } from '../../../workers/engine/vision-engine';
import type { LoadedVision } from '../../../workers/families/family';
import { visionFamily } from '../../../workers/families/registry';
import { loadText } from '../../../workers/families/text';
import { answerMessages } from '../../bench/page/answer-messages';
import type { FamilyAnswer, FamilyReport, FamilyRequest } from '../families';

const IMAGE_ID = 'picture';
const silent = (): void => undefined;

type Sight = Omit<FamilyReport, 'verdict' | 'written'>;

async function examine(request: FamilyRequest): Promise<FamilyReport> {
  const { spec, device = 'wasm', isShort = false } = request;
  addModels([spec]);
  const { id: modelId, revision } = spec;
  const load = loadRequest({ modelId, revision, device, threads: 1 });
  const { sees, canJudge } = ARCHITECTURES[load.family];
  const writes = canJudge && !isShort;
  const seen = sees ? await see(request, load) : await read(request, load);
  return {
    ...seen,
    written: writes ? await write(load, request) : { kept: [], anew: [] },
    verdict: writes ? await judge(load, request) : undefined,
  };
}

const decodeOf = ({ maxNewTokens }: FamilyRequest): DecodeSettings => ({
  maxNewTokens,
  sampling: { kind: 'greedy' },
});

const answerOf = ({ text, tokenIds }: Pick<Generated, 'text' | 'tokenIds'>): FamilyAnswer => ({
  text,
  tokens: tokenIds,
});

const idsOf = ({ input_ids }: TokenInputs): number[] =>
  Array.from(input_ids.data as BigInt64Array, Number);

async function see(request: FamilyRequest, load: LoadRequest): Promise<Sight> {
  const { question, others } = request;
  const decode = decodeOf(request);
  const image = await (
    await fetch(new URL(/* @vite-ignore */ `../${load.family}/image.png`, import.meta.url))
  ).blob();
  const engine = new TransformersVision();
  unwrap(await engine.load(load));
  unwrap(await engine.look(image, IMAGE_ID));
  const answers: FamilyAnswer[] = [];
  for (const prompt of [question, ...others]) {
    answers.push(answerOf(unwrap(await engine.ask({ imageId: IMAGE_ID, prompt, decode }, silent))));
  }
  const { canCheck } = ARCHITECTURES[load.family];
  const checks = canCheck
    ? unwrap(await engine.check({ imageId: IMAGE_ID, questions: others }))
    : [];
  const plain = await visionFamily(load.family)!.load(load);
  const encodings = countEncodings(plain);
  const prepared = await pixelsOf(plain, image, {});
  const inputs = (text: string) => ({
    ...plain.prompt(text, prepared),
    ...prepared.vision,
    ...prepared.always,
  });
  const inputIds = idsOf(inputs(question));
  if (plain.answerTask !== undefined) {
    for (const question of others)
      await plain.answerTask({ question, image: prepared, decode, onText: silent });
    return { inputIds, answers, anew: [], checks, checksAnew: [], encodings: encodings() };
  }
  const anew: FamilyAnswer[] = [];
  for (const text of [question, ...others]) {
    anew.push(answerOf(await generate({ ...plain, inputs: inputs(text), decode, onText: silent })));
  }
  const checksAnew = canCheck ? await checkAnew(plain, others.map(inputs)) : [];
  return { inputIds, answers, anew, checks, checksAnew, encodings: encodings() };
}

async function checkAnew(
  { model, tokenizer }: LoadedVision,
  all: readonly Parameters<typeof firstLogits>[1][],
): Promise<number[]> {
  const tokens = yesNoTokens(tokenizer);
  const found: number[] = [];
  for (const inputs of all) found.push(yesProbability(await firstLogits(model, inputs), tokens));
  return found;
}

async function read(request: FamilyRequest, load: LoadRequest): Promise<Sight> {
  configureRuntime(load, 'wasm', 1);
  const loaded = await loadText(load.family, load);
  const inputs = { ...loaded.prompt(request.question) };
  const said = await generate({ ...loaded, inputs, decode: decodeOf(request), onText: silent });
  return {
    inputIds: idsOf(inputs),
    answers: [answerOf(said)],
    anew: [],
    checks: [],
    checksAnew: [],
    encodings: 0,
  };
}

/** The tokens after the first few once more, each as the first after a longer prompt: positions must go on as they began. */
async function write(load: LoadRequest, request: FamilyRequest): Promise<FamilyReport['written']> {
  const loaded = await loadText(load.family, load);
  const decode = decodeOf(request);
  const inputs = { ...loaded.prompt(request.others.at(-1)!) };
  const { tokenIds: kept } = await generate({ ...loaded, inputs, decode, onText: silent });
  const anew: number[] = [];
  for (let count = 0; count < kept.length; count += 1) {
    const ids = [...idsOf(inputs), ...kept.slice(0, count)];
    const next = await generate({
      ...loaded,
      inputs: { ...tokensOf(ids) },
      decode: { ...decode, maxNewTokens: 1 },
      onText: silent,
    });
    anew.push(...next.tokenIds);
  }
  return { kept, anew };
}

function tokensOf(ids: readonly number[]): TokenInputs {
  const tensor = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  return { input_ids: tensor(ids), attention_mask: tensor(ids.map(() => 1)) };
}

async function judge(load: LoadRequest, request: FamilyRequest): Promise<FamilyReport['verdict']> {
  const engine = new TransformersJudge();
  unwrap(await engine.load(load));
  const { caption, newTokens } = unwrap(
    await engine.judge(
      {
        descriptions: [
          {
            modelId: 'a/a',
            modelName: 'A',
            prompt: { id: 'short', expects: 'prose' },
            text: 'There is a dog. There is a cat.',
          },
        ],
        checks: [],
        decode: decodeOf(request),
      },
      silent,
    ),
  );
  return { caption, newTokens };
}

/** Counts the runs of a model's vision encoder from now on. */
function countEncodings({ model }: LoadedVision): () => number {
  const { sessions } = model as unknown as { sessions: Readonly<Record<string, Session>> };
  const session = sessions.vision_encoder!;
  const run = session.run.bind(session);
  let runs = 0;
  session.run = (...args) => {
    runs += 1;
    return run(...args);
  };
  return () => runs;
}

interface Session {
  run(...args: unknown[]): Promise<unknown>;
}

answerMessages(examine);
