import { isAbort } from '../core/errors';
import type { LoadTarget } from '../core/protocol';
import {
  outcomeOf,
  SELF_TEST_DECODE,
  SELF_TEST_DESCRIPTIONS,
  SELF_TEST_PROMPT,
  type SelfTestResult,
} from '../core/self-test';
import type { JudgePort, VisionPort } from './runner/types';

/** The picture's id in a worker; no picture of a run has it. */
const PICTURE_ID = 'self-test';
const unheard = (): void => undefined;

interface VisionTest {
  /** Has loaded the model already. */
  readonly worker: VisionPort;
  readonly picture: Blob;
  /** Says the same on the CPU, where the two are to be compared. */
  readonly onCpu?: { readonly worker: VisionPort; readonly target: LoadTarget };
  readonly signal: AbortSignal;
}

/**
 * One fixed picture and one prompt, through the worker as in a run.
 * @throws AppError where the model could not answer at all: that is no result of a test
 */
export async function testVision({
  worker,
  picture,
  onCpu,
  signal,
}: VisionTest): Promise<SelfTestResult> {
  const text = await say(worker, picture, signal);
  const cpuText = onCpu === undefined ? undefined : await sayOnCpu(onCpu, picture, signal);
  const outcome = outcomeOf(text, cpuText);
  return { outcome, text, testedAt: Date.now(), ...(cpuText === undefined ? {} : { cpuText }) };
}

/** Undefined where the CPU can't run it: that says nothing about the graphics device. */
async function sayOnCpu(
  { worker, target }: NonNullable<VisionTest['onCpu']>,
  picture: Blob,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await worker.load(target, signal);
    return await say(worker, picture, signal);
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  } finally {
    worker.stop();
  }
}

async function say(worker: VisionPort, picture: Blob, signal: AbortSignal): Promise<string> {
  await worker.look(picture, PICTURE_ID, signal);
  const request = { imageId: PICTURE_ID, prompt: SELF_TEST_PROMPT, decode: SELF_TEST_DECODE };
  return (await worker.ask(request, unheard, signal)).text;
}

/** Three descriptions that agree, judged as in a run. @throws AppError as `testVision` */
export async function testJudge(worker: JudgePort, signal: AbortSignal): Promise<SelfTestResult> {
  const verdict = await worker.judge(
    { descriptions: SELF_TEST_DESCRIPTIONS, checks: [], decode: SELF_TEST_DECODE },
    unheard,
    signal,
  );
  const { caption: text, writtenBy, replaced = '' } = verdict;
  const outcome =
    writtenBy === 'judge' ? outcomeOf(text) : { kind: 'unusable' as const, why: replaced };
  return { outcome, text, testedAt: Date.now() };
}
