import { describe, expect, test, vi } from 'vitest';
import type { Pulse } from '../../../../src/core/protocol';
import { SessionWatch } from '../../../../workers/engine/session-watch';
import type { GenerativeModel } from '../../../../workers/engine/transformers';

interface Output {
  readonly location: string;
  dispose(): void;
}

type Run = (feeds: object) => Promise<Record<string, Output>>;

const output = (location = 'cpu'): Output => ({ location, dispose: vi.fn() });
const past = (tokens: number) => ({ 'past_key_values.0.key': { dims: [1, 2, tokens, 8] } });
const embeds = (tokens: number) => ({ inputs_embeds: { dims: [1, tokens, 16] } });

/** A model of the named sessions, watched, each giving out what `outputs` says. */
function watched(names: readonly string[], outputs: () => Record<string, Output> = () => ({})) {
  const sessions = Object.fromEntries(
    names.map((name) => [name, { run: () => Promise.resolve(outputs()) }]),
  ) as Record<string, { run: Run }>;
  const watch = new SessionWatch();
  watch.attach({ sessions } as unknown as GenerativeModel);
  return { watch, run: (name: string, feeds: object = {}) => sessions[name]!.run(feeds) };
}

const runs = ({ done }: SessionWatch) =>
  Object.fromEntries(Object.entries(done).map(([stage, { runs: count }]) => [stage, count]));

describe('what runs is counted by what it is for', () => {
  test('a look and two questions', async () => {
    const { watch, run } = watched(['vision_encoder', 'embed_tokens', 'decoder_model_merged']);
    await run('vision_encoder');
    await run('decoder_model_merged', { ...embeds(40), ...past(0) });
    for (let question = 0; question < 2; question += 1) {
      await run('embed_tokens', { input_ids: { dims: [1, 9] } });
      await run('decoder_model_merged', { ...embeds(9), ...past(40) });
      await run('decoder_model_merged', { ...embeds(1), ...past(49) });
    }
    expect(runs(watch)).toEqual({ encode: 1, prefill: 1, suffix: 2, token: 2 });
  });

  test('a decoder that takes token ids and is the whole model', async () => {
    const { watch, run } = watched(['model']);
    await run('model', { input_ids: { dims: [1, 7] }, ...past(0) });
    await run('model', { input_ids: { dims: [1, 1] }, ...past(7) });
    expect(runs(watch)).toEqual({ encode: 0, prefill: 1, suffix: 0, token: 1 });
  });

  test('beside a decoder of its own, the model that reads the text is none', async () => {
    const { watch, run } = watched(['model', 'decoder_model_merged']);
    await run('model', { ...embeds(60) });
    expect(watch.done.prefill.runs).toBe(0);
  });
});

test('a stage is told when it begins, tokens now and then', async () => {
  const { watch, run } = watched(['vision_encoder', 'decoder_model_merged']);
  const pulses: Pulse[] = [];
  watch.tell((pulse) => {
    pulses.push(pulse);
  });
  watch.pulse('decode');
  await run('vision_encoder');
  await run('decoder_model_merged', { ...embeds(40), ...past(0) });
  for (let token = 0; token < 20; token += 1)
    await run('decoder_model_merged', { ...embeds(1), ...past(40 + token) });
  expect(pulses).toEqual([
    { stage: 'decode', tokens: 0 },
    { stage: 'encode', tokens: 0 },
    { stage: 'prefill', tokens: 40 },
    { stage: 'token', tokens: 1 },
  ]);
  const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 600);
  watch.pulse('token', 1);
  now.mockRestore();
  expect(pulses).toHaveLength(5);
});

test('tensors are live until they are freed, once each', async () => {
  const given: Output[] = [];
  const { watch, run } = watched(['model'], () => {
    const [logits, key] = [output(), output('gpu-buffer')];
    given.push(logits, key);
    return { logits, 'present.0.key': key };
  });
  await run('model', { ...embeds(1) });
  await run('model', { ...embeds(1) });
  expect(watch.tensors).toEqual({ live: 4, onGpu: 2, lostOnGpu: 0 });
  const [, key] = given;
  key!.dispose();
  key!.dispose();
  expect(watch.tensors).toEqual({ live: 3, onGpu: 1, lostOnGpu: 0 });
});
