import { flushSync } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { afterEach, expect, test } from 'vitest';
import type { Cell, CellState, Description } from '../../../src/core/cell';
import { UNEDITED, type Edit } from '../../../src/core/edit';
import type { ImageItem } from '../../../src/core/image';
import type { Verdict, VerdictState } from '../../../src/core/verdict';
import { GalleryFilter, type GallerySource } from '../../../src/state/gallery-filter.svelte';
import type { RunBoard } from '../../../src/state/run-board.svelte';
import { image } from '../core/fake-run';

/** A board with one cell a picture, as far as the filter asks it. */
class Board {
  readonly run = {};
  readonly states = new SvelteMap<string, CellState>();
  readonly verdicts = new SvelteMap<string, VerdictState>();
  readonly edits = new SvelteMap<string, Edit>();
  asked = 0;

  constructor(ids: readonly string[]) {
    for (const id of ids) {
      this.states.set(id, { status: 'waiting' });
      this.verdicts.set(id, { status: 'waiting' });
    }
  }

  cellsOf(id: string): readonly Pick<Cell, 'key'>[] {
    this.asked += 1;
    return [{ key: id }];
  }
  state = (key: string): CellState => this.states.get(key) ?? { status: 'waiting' };
  verdict = (id: string): VerdictState => this.verdicts.get(id) ?? { status: 'waiting' };
  edit = (id: string): Edit => this.edits.get(id) ?? UNEDITED;
  isOutdated = (): boolean => false;
  caption(id: string): string | undefined {
    const verdict = this.verdict(id);
    return verdict.status === 'done' ? verdict.verdict.caption : undefined;
  }

  judge(id: string, caption: string): void {
    const verdict = {
      caption,
      sentences: [],
      claims: [],
      textRows: [],
      finishedAt: 1,
    } as unknown as Verdict;
    this.states.set(id, {
      status: 'done',
      description: { text: caption, finishedAt: 1 } as Description,
    });
    this.verdicts.set(id, { status: 'done', verdict });
  }
}

let stop: () => void = () => undefined;
afterEach(() => stop());

/** A filter that is on screen, with what it was last seen to show. */
function open(names: readonly string[]) {
  const board = new Board(names.map((name) => image(name).id));
  let images = $state.raw<readonly ImageItem[]>(names.map(image));
  const view = $state<{ imageId: string | null }>({ imageId: null });
  const source: GallerySource = {
    get shownImages() {
      return images;
    },
    run: { board: board as unknown as RunBoard },
    view,
  };
  const filter = new GalleryFilter(source);
  const seen: string[][] = [];
  stop = $effect.root(() => {
    $effect(() => {
      seen.push(filter.shown.map(({ name }) => name));
    });
  });
  flushSync();
  const shown = () => {
    flushSync();
    return seen.at(-1);
  };
  const add = (name: string) => (images = [...images, image(name)]);
  return { board, filter, view, seen, shown, add };
}

test('without a choice the pictures are those of the source', () => {
  const { filter, shown, add } = open(['b', 'a']);
  expect(shown()).toEqual(['b', 'a']);
  add('c');
  expect(shown()).toEqual(['b', 'a', 'c']);
  expect(filter.isActive).toBe(false);
});

test('names, folders and what was found are searched; Clear shows all again', () => {
  const { board, filter, shown } = open(['beach.png', 'hall.png']);
  board.judge('id-hall.png', 'A dog in a hall.');
  filter.search = 'dog';
  expect(shown()).toEqual(['hall.png']);
  filter.search = 'beach';
  expect(shown()).toEqual(['beach.png']);
  filter.toggle('done');
  expect(shown()).toEqual([]);
  filter.clear();
  expect(shown()).toEqual(['beach.png', 'hall.png']);
});

test('what changes comes and goes, and text that streams in changes nothing', () => {
  const { board, filter, seen, shown } = open(['a', 'b', 'c']);
  filter.toggle('done');
  expect(shown()).toEqual([]);
  const before = seen.length;
  board.asked = 0;
  for (const text of ['A', 'A cat', 'A cat.']) {
    board.states.set('id-b', { status: 'running', text });
    flushSync();
  }
  expect(seen).toHaveLength(before);
  // Those of the one group, at each text.
  expect(board.asked).toBe(9);
  board.judge('id-b', 'A cat.');
  expect(shown()).toEqual(['b']);
  expect(filter.counts).toMatchObject({ done: 1, open: 2 });
});

test('while a picture is open the order stays, and is made anew after it', () => {
  const { board, filter, view, shown } = open(['a', 'b', 'c']);
  for (const id of ['id-a', 'id-b', 'id-c']) board.judge(id, '');
  filter.toggle('unaccepted');
  expect(shown()).toEqual(['a', 'b', 'c']);
  view.imageId = 'id-a';
  flushSync();
  board.edits.set('id-a', { texts: [], accepted: true });
  expect(shown()).toEqual(['a', 'b', 'c']);
  view.imageId = null;
  expect(shown()).toEqual(['b', 'c']);
});

test('of thousands of pictures a change looks into few, and an edit into none but its own group', async () => {
  const { board, filter } = open(Array.from({ length: 2000 }, (_, at) => `picture ${String(at)}`));
  filter.toggle('open');
  await expect.poll(() => filter.isActive).toBe(true);
  flushSync();
  board.asked = 0;
  board.judge('id-picture 7', 'A cat.');
  flushSync();
  expect(board.asked).toBeLessThan(200);
  board.asked = 0;
  board.edits.set('id-picture 7', { texts: [], accepted: true });
  flushSync();
  expect(board.asked).toBeLessThan(100);
});

test('thousands of pictures are searched when their texts are there, and the last words count', async () => {
  const names = Array.from({ length: 1200 }, (_, at) => `picture ${String(at)}`);
  const { filter } = open(names);
  filter.search = 'picture 7';
  filter.search = 'picture 1199';
  expect(filter.search).toBe('picture 1199');
  expect(filter.shown).toHaveLength(1200);
  await expect.poll(() => filter.shown.map(({ name }) => name)).toEqual(['picture 1199']);
  filter.search = '';
  expect(filter.shown).toHaveLength(1200);
});

test('thousands of pictures are filtered and put in order when it is known how they stand, a few at a time', async () => {
  const names = Array.from({ length: 1200 }, (_, at) => `picture ${String(at)}`);
  const { board, filter, shown } = open(names);
  board.judge('id-picture 7', 'A cat.');
  board.asked = 0;
  filter.toggle('done');
  filter.sort = 'recent';
  // Seen at once as chosen; nothing is looked into yet but what fits between two keys.
  expect([filter.has('done'), filter.sort]).toEqual([true, 'recent']);
  expect(filter.shown).toHaveLength(1200);
  await expect.poll(() => shown()).toEqual(['picture 7']);
  filter.clear();
  await expect.poll(() => shown()?.[0]).toBe('picture 7');
  expect(shown()).toHaveLength(1200);
  await filter.ready();
  board.asked = 0;
  expect(filter.counts.done).toBe(1);
  expect(board.asked).toBe(0);
});
