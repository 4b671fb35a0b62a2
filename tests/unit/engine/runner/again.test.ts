import { describe, expect, test } from 'vitest';
import { withAgain, withJudgedAgain, type Again } from '../../../../src/core/again';
import { cellsOf, type Run } from '../../../../src/core/run';
import { runTask } from '../../../../src/engine/runner/runner';
import type { SettledCell } from '../../../../src/engine/runner/types';
import { FakeWorld, run, task } from './fake-ports';

const never = new AbortController().signal;
const SAMPLED = {
  maxNewTokens: 8,
  sampling: { kind: 'sampled', seed: 7, temperature: 0.7, topP: 0.9 },
} as const;

const settledIn = (world: FakeWorld): ReadonlyMap<string, SettledCell> =>
  new Map(
    [...world.cells].flatMap(([key, state]) =>
      state.status === 'done' || state.status === 'failed' ? [[key, state]] : [],
    ),
  );

/** A run that is done, its first cell asked for again with these changes. */
async function doneAndAsked(of: Run, parts: Partial<Again> = {}) {
  const world = new FakeWorld();
  await runTask(await task(of), world.ports, world.events, never);
  world.log.length = 0;
  const [own] = await cellsOf(of);
  const [model] = of.models;
  const again = {
    place: own!.key,
    model: model!,
    prompt: own!.prompt,
    decode: SAMPLED,
    askedAt: 1,
  };
  return { world, own: own!, asked: withAgain(of, [{ ...again, ...parts }]) };
}

describe('describing again', () => {
  test('does the new cell alone, and the verdict stays', async () => {
    const { world, asked } = await doneAndAsked(run({ judgeMode: 'verify' }));
    await runTask(
      await task(asked, { settled: settledIn(world) }),
      world.ports,
      world.events,
      never,
    );
    expect(world.log.filter((line) => !line.startsWith('verdict')).sort()).toEqual([
      'ask one a p',
      'load one',
      'look one a',
      'save description',
      'weights one',
    ]);
    expect(world.log).not.toContain('save verdict');
  });

  test('asks a model that the run did not have', async () => {
    const { world, asked } = await doneAndAsked(run(), {
      model: { id: 'three', revision: 'r', precision: 'q8' },
    });
    const again = await task(asked, { settled: settledIn(world) });
    await runTask(again, world.ports, world.events, never);
    expect(world.log).toContain('ask three a p');
    expect(world.statusOf(again.cells)).toEqual(Array(9).fill('done'));
    expect(world.alive.size).toBe(0);
  });

  test.each(['fuse', 'verify'] as const)(
    'judges again from what stands now (%s)',
    async (judgeMode) => {
      const { world, asked } = await doneAndAsked(run({ judgeMode }), {
        model: { id: 'three', revision: 'r', precision: 'q8' },
      });
      world.claims = (texts) => [
        'cat',
        ...(texts.some((text) => text.includes('three')) ? ['bird'] : []),
      ];
      const cells = await cellsOf(asked);
      const [, take, ...others] = cells.filter(({ imageId }) => imageId === 'id-a');
      const cellKeys = [take!, ...others].map(({ key }) => key);
      const judged = withJudgedAgain(asked, { imageId: 'id-a', cellKeys, askedAt: 2 });
      await runTask(
        await task(judged, { settled: settledIn(world) }),
        world.ports,
        world.events,
        never,
      );
      const state = world.verdicts.get('id-a');
      expect(state?.status === 'done' && state.verdict.caption).toBe(
        'three a p; one a q; two a p; two a q',
      );
      expect(world.log.filter((line) => line === 'save verdict')).toHaveLength(1);
      // The other picture's claims are not asked about again, and the added model is asked about none.
      expect(world.log.filter((line) => line.startsWith('check'))).toEqual(
        judgeMode === 'verify' ? ['check one a', 'check two a'] : [],
      );
    },
  );

  test.each(['fuse', 'verify'] as const)(
    'of a run that was stopped does nothing else (%s)',
    async (judgeMode) => {
      const world = new FakeWorld();
      const of = run({ judgeMode });
      const cells = await cellsOf(of);
      const only = new Set([cells[1]!.key]);
      const part = await task(of, { only });
      await runTask(part, world.ports, world.events, never);
      expect(world.statusOf(part.cells)).toEqual(
        part.cells.map(({ key }) => (only.has(key) ? 'done' : 'waiting')),
      );
      expect(world.log.filter((line) => line.startsWith('ask'))).toEqual(['ask one a q']);
      expect(world.verdicts.size).toBe(0);
    },
  );
});
