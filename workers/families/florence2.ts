import { AutoModelForImageTextToText, AutoProcessor, type Tensor } from '@huggingface/transformers';
import { generate, type Generated } from '../engine/generate';
import type { GenerativeModel, ImageProcessor, TextTokenizer } from '../engine/transformers';
import { fromPretrained, type LoadedVision, type TaskRequest, type VisionFamily } from './family';
import { FLORENCE_TASKS, tasksFor, withoutPlaces, type FlorenceTask } from './florence-tasks';
import { memoised } from './memoised';

interface FlorenceModel extends GenerativeModel {
  encode_image(inputs: { pixel_values: Tensor }): Promise<Tensor>;
}

interface FlorenceProcessor {
  readonly tokenizer: TextTokenizer;
  readonly image_processor: ImageProcessor;
  construct_prompts(task: string): readonly string[];
}

const LARGEST_PIXELS = 2048 * 2048;

/**
 * Florence-2 answers tasks, not questions: each of our prompts is mapped to the tasks that come nearest. The picture's
 * features stand before the text in its encoder, so that every task runs the encoder anew; only the features are computed once a
 * picture. Its decoder begins with the answer: there is nothing to ask yes or no.
 */
export const florence2: VisionFamily = {
  async load(options) {
    const model = await fromPretrained<FlorenceModel>(AutoModelForImageTextToText, options);
    const processor = await fromPretrained<FlorenceProcessor>(AutoProcessor, options);
    return loaded(model, processor);
  },
};

function loaded(model: FlorenceModel, processor: FlorenceProcessor): LoadedVision {
  const { tokenizer } = processor;
  const encode = memoised(model.encode_image.bind(model), ({ pixel_values }) => pixel_values);
  model.encode_image = encode;
  const prompt: LoadedVision['prompt'] = (question) =>
    tokenizer(processor.construct_prompts(question)[0] ?? question);
  return {
    model,
    tokenizer,
    picture: { kind: 'whole', maxPixels: LARGEST_PIXELS },
    clean: withoutPlaces,
    imageProcessor: processor.image_processor,
    isProcessedBeside: true,
    async prepare(process) {
      const { pixel_values } = (await process()) as { readonly pixel_values: Tensor };
      await encode({ pixel_values });
      return { vision: { pixel_values }, always: {}, placeholder: '' };
    },
    prompt,
    prefixLength: () => 0,
    answerTask: (request) => answer({ model, tokenizer, prompt, request }),
  };
}

interface Asked {
  readonly model: GenerativeModel;
  readonly tokenizer: TextTokenizer;
  readonly prompt: LoadedVision['prompt'];
  readonly request: TaskRequest;
}

/** One generation a task; the answers stand one below the other. */
async function answer({ model, tokenizer, prompt, request }: Asked): Promise<Generated> {
  const { question, image, decode, onText, turn } = request;
  const texts: string[] = [];
  const parts: Generated[] = [];
  for (const task of tasksFor(question)) {
    const { toText }: FlorenceTask = FLORENCE_TASKS[task];
    const part = await generate({
      model,
      tokenizer,
      inputs: { ...prompt(task, image), ...image.vision },
      // A decoder behind an encoder begins with one token that starts it.
      promptLength: 1,
      keepsSpecialTokens: true,
      clean: toText,
      decode,
      ...(turn === undefined ? {} : { turn }),
      onText: (text) => onText([...texts, text].join('\n')),
    });
    turn?.goOn();
    parts.push(part);
    if (part.text !== '') texts.push(part.text);
  }
  return {
    text: texts.join('\n'),
    tokenIds: parts.flatMap(({ tokenIds }) => tokenIds),
    generateMs: parts.reduce((sum, { generateMs }) => sum + generateMs, 0),
    cutOff: parts.some(({ cutOff }) => cutOff),
  };
}
