import { expect, test } from 'vitest';
import type { CellState, Description } from '../../../src/core/cell';
import type { Claim, ClaimStanding } from '../../../src/core/claims';
import { UNEDITED } from '../../../src/core/edit';
import {
  byFacts,
  byName,
  chosen,
  countsOf,
  factsOf,
  folded,
  type GalleryChoice,
  type GalleryEntry,
  type PictureFacts,
} from '../../../src/core/gallery';
import type { Verdict, VerdictState } from '../../../src/core/verdict';
import { image } from './fake-run';

const waiting: CellState = { status: 'waiting' };
const failed: CellState = {
  status: 'failed',
  error: { code: 'worker-died', detail: '' },
  attempts: 2,
};
const done = (finishedAt: number): CellState => ({
  status: 'done',
  description: { text: 'A cat.', finishedAt } as Description,
});
const claim = (standing: ClaimStanding) => ({ standing }) as Claim;
const judged = (part: Partial<Verdict> = {}): VerdictState => ({
  status: 'done',
  verdict: {
    caption: '',
    sentences: [],
    claims: [],
    textRows: [],
    finishedAt: 9,
    ...part,
  } as unknown as Verdict,
});
const nothing = { cells: [], verdict: undefined, edit: UNEDITED, isOutdated: false };

test('a picture of no run has no verdict yet, and nothing else', () => {
  expect(factsOf(nothing)).toEqual({ tags: ['unjudged'], disputed: 0, finishedAt: 0 });
});

test('a picture is done when its verdict is there, and may have failed in parts', () => {
  const { tags } = factsOf({ ...nothing, cells: [done(1), failed], verdict: judged() });
  expect(tags).toEqual(['done', 'failed', 'unaccepted']);
});

test('without a judge it is done when its descriptions are', () => {
  expect(factsOf({ ...nothing, cells: [done(1), waiting] }).tags).toEqual(['open', 'unjudged']);
  expect(factsOf({ ...nothing, cells: [done(1), done(2)] }).tags).toEqual(['done', 'unjudged']);
  expect(factsOf({ ...nothing, cells: [failed] }).tags).toEqual(['failed', 'unjudged']);
});

test('what waits for its verdict is open', () => {
  const facts = factsOf({ ...nothing, cells: [done(3)], verdict: { status: 'waiting' } });
  expect(facts).toEqual({ tags: ['open', 'unjudged'], disputed: 0, finishedAt: 3 });
});

test('marks are those of the verdict and of what a person made of it', () => {
  const verdict = judged({
    claims: [claim('disputed'), claim('agreed'), claim('disputed')],
    textRows: [{ original: 'STOP', english: '', language: '', modelIds: [] }],
  });
  const edit = { texts: [{ text: 'Mine.', at: 1 }], accepted: true };
  expect(factsOf({ cells: [done(3)], verdict, edit, isOutdated: true })).toEqual({
    tags: ['done', 'text', 'disputed', 'edited', 'accepted', 'outdated'],
    disputed: 2,
    finishedAt: 9,
  });
});

const entry = (name: string, text: string, facts: Partial<PictureFacts> = {}): GalleryEntry => ({
  image: image(name),
  text: folded(text),
  facts: { tags: [], disputed: 0, finishedAt: 0, ...facts },
});
const all: GalleryChoice = { search: '', states: new Set(), marks: new Set() };
const names = (entries: readonly GalleryEntry[]) => entries.map((one) => one.image.name);

test('every word of a search has to be found, without regard to capitals and accents', () => {
  const entries = [
    entry('a', 'Café\nA dog sleeps.'),
    entry('b', 'A dog.'),
    entry('c', 'CAFE\u0301'),
  ];
  expect(names(chosen(entries, { ...all, search: ' cafe ' }))).toEqual(['a', 'c']);
  expect(names(chosen(entries, { ...all, search: 'DOG café' }))).toEqual(['a']);
  expect(names(chosen(entries, all))).toEqual(['a', 'b', 'c']);
});

test('one of the states has to fit, and every mark', () => {
  const entries = [
    entry('a', '', { tags: ['done', 'disputed'] }),
    entry('b', '', { tags: ['failed'] }),
    entry('c', '', { tags: ['done', 'accepted'] }),
  ];
  const states = new Set(['done', 'failed'] as const);
  expect(names(chosen(entries, { ...all, states }))).toEqual(['a', 'b', 'c']);
  const marks = new Set(['accepted'] as const);
  expect(names(chosen(entries, { ...all, states, marks }))).toEqual(['c']);
  const both = new Set(['accepted', 'disputed'] as const);
  expect(names(chosen(entries, { ...all, marks: both }))).toEqual([]);
});

test('a search does not work out facts that it does not go by', () => {
  const entry: GalleryEntry = {
    image: image('a'),
    text: 'a cat',
    get facts(): PictureFacts {
      throw new Error('looked at');
    },
  };
  expect(chosen([entry], { ...all, search: 'cat' })).toHaveLength(1);
  expect(chosen([entry], { ...all, search: 'dog' })).toHaveLength(0);
});

test('a filter counts what it would show beside what is chosen', () => {
  const entries = [
    entry('a', 'cat', { tags: ['done', 'disputed'] }),
    entry('b', 'cat', { tags: ['failed', 'unjudged'] }),
    entry('c', 'dog', { tags: ['done', 'accepted'] }),
  ];
  expect(countsOf(entries, all)).toMatchObject({ done: 2, failed: 1, disputed: 1, outdated: 0 });
  const marks = new Set(['disputed'] as const);
  expect(countsOf(entries, { ...all, marks })).toMatchObject({ done: 1, failed: 0, accepted: 0 });
  const states = new Set(['failed'] as const);
  expect(countsOf(entries, { ...all, states })).toMatchObject({ done: 2, failed: 1, disputed: 0 });
  expect(countsOf(entries, { ...all, search: 'dog' })).toMatchObject({ done: 1, disputed: 0 });
});

test('names are sorted as people count', () => {
  const images = ['b.png', 'a10.png', 'a2.png'].map(image);
  expect(byName(images, ({ id }) => id).map(({ name }) => name)).toEqual([
    'a2.png',
    'a10.png',
    'b.png',
  ]);
});

test('the least agreed and the last finished come first, equal ones stay in their order', () => {
  const entries = [
    entry('a', '', { disputed: 1, finishedAt: 5 }),
    entry('b', '', { disputed: 3, finishedAt: 7 }),
    entry('c', '', { disputed: 1, finishedAt: 9 }),
  ];
  expect(names(byFacts(entries, 'disputed'))).toEqual(['b', 'a', 'c']);
  expect(names(byFacts(entries, 'recent'))).toEqual(['c', 'b', 'a']);
  expect(names(byFacts(entries, 'added'))).toEqual(['a', 'b', 'c']);
});

test('what the judge added is marked, until a person has other words', () => {
  const verdict = judged({ sentences: [{ text: 'A ghost.', claimIds: [], origin: 'added' }] });
  expect(factsOf({ ...nothing, cells: [done(1)], verdict }).tags).toContain('added');
  const edit = { texts: [{ text: 'A cat.', at: 1 }], accepted: true };
  expect(factsOf({ ...nothing, cells: [done(1)], verdict, edit }).tags).not.toContain('added');
});
