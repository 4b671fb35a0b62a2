import 'fake-indexeddb/auto';
import { clear } from 'idb-keyval';
import { beforeEach, expect, test, vi } from 'vitest';
import { withAgain } from '../../../src/core/again';
import { store } from '../../../src/storage/db';
import { saveImageList } from '../../../src/storage/image-list';
import type { AppState } from '../../../src/state/app.svelte';
import { FakeWorld, image } from '../engine/runner/fake-ports';
import { openPage } from './open-page';

/** Locks as two tabs of one browser share them: a request waits its turn, or is refused at once. */
class FakeLocks {
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, number>();

  async request<T>(
    name: string,
    { ifAvailable = false }: LockOptions,
    work: (lock: Lock | null) => T | Promise<T>,
  ): Promise<T> {
    const count = this.#waiting.get(name) ?? 0;
    if (ifAvailable && count > 0) return work(null);
    this.#waiting.set(name, count + 1);
    const before = this.#turns.get(name) ?? Promise.resolve();
    const turn = before
      .then(() => work({ name, mode: 'exclusive' }))
      .finally(() => this.#waiting.set(name, (this.#waiting.get(name) ?? 1) - 1));
    this.#turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

let world: FakeWorld;
const A = image('a').id;

beforeEach(async () => {
  for (const name of ['journal', 'runs', 'settings', 'images', 'edits'] as const)
    await clear(store(name));
  Object.defineProperty(navigator, 'locks', { value: new FakeLocks(), configurable: true });
  world = new FakeWorld();
  let answers = 0;
  world.answer = () => `answer ${String(++answers)}`;
  await saveImageList([image('a')]);
});

/** The texts of all that was asked for in the first cell's place. */
function takes({ run: { board } }: AppState): readonly string[] {
  const [cell] = board?.cellsOf(A) ?? [];
  if (board === null || cell === undefined) return [];
  return board.takesOf(cell).map(({ key }) => {
    const state = board.state(key);
    return state.status === 'done' ? state.description.text : state.status;
  });
}

function askAgain(app: AppState, seed: number): Promise<void> {
  const board = app.run.board!;
  const { place, prompt } = board.cellsOf(A)[0]!;
  const decode = {
    maxNewTokens: 8,
    sampling: { kind: 'sampled', seed, temperature: 0.7, topP: 0.9 },
  } as const;
  const again = { place, model: board.run.models[0]!, prompt, decode, askedAt: seed };
  return app.run.ask((run) => withAgain(run, [again]));
}

test('a tab that only shows a run sees what another one asks of it, each time', async () => {
  const first = await openPage(world);
  await first.run.start();
  const second = await openPage(world);
  expect(second.run.phase.kind).toBe('finished');
  for (const seed of [1, 2]) {
    await askAgain(first, seed);
    expect(takes(first)).toHaveLength(seed + 1);
    await vi.waitFor(() => expect(takes(second)).toEqual(takes(first)), { timeout: 3000 });
    await vi.waitFor(() => expect(second.run.phase.kind).toBe('finished'), { timeout: 3000 });
  }
  expect(second.runs.list[0]?.again).toHaveLength(2);
});

test('it asks itself, and the other one follows; nothing is done twice', async () => {
  const first = await openPage(world);
  await first.run.start();
  const second = await openPage(world);
  const asks = world.log.filter((line) => line.startsWith('ask')).length;
  await askAgain(second, 1);
  await vi.waitFor(() => expect(takes(first)).toEqual(takes(second)), { timeout: 3000 });
  await vi.waitFor(() => expect(first.run.phase.kind).toBe('finished'), { timeout: 3000 });
  expect(world.log.filter((line) => line.startsWith('ask'))).toHaveLength(asks + 1);
});

test('a run that was put away is not brought back by another tab', async () => {
  const first = await openPage(world);
  await first.run.start();
  const second = await openPage(world);
  second.run.close();
  await askAgain(first, 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(second.run.board).toBeNull();
  expect(second.run.phase.kind).toBe('none');
});

test('words and acceptance of one tab are in the other at once, and neither loses the other’s', async () => {
  const first = await openPage(world);
  await first.run.start();
  const second = await openPage(world);
  await first.run.board!.write(A, 'Mine.');
  await vi.waitFor(() => expect(second.run.board!.caption(A)).toBe('Mine.'));
  // Neither has heard of the other yet.
  await Promise.all([first.run.board!.write(A, 'One.'), second.run.board!.accept(A, false)]);
  const edits = () => [first, second].map(({ run }) => run.board!.edit(A));
  await vi.waitFor(() => expect(edits()[0]).toEqual(edits()[1]));
  expect(edits()[0]).toMatchObject({
    texts: [{ text: 'Mine.' }, { text: 'One.' }],
    acceptances: [{ accepted: false }],
  });
});
