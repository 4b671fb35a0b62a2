import { cleanup, render, screen } from '@testing-library/svelte';
import { createRawSnippet, type Component } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { hiddenIn } from '../../../src/core/hidden-text';
import type { Verdict } from '../../../src/core/verdict';
import type { DatasetPreview } from '../../../src/state/dataset-preview.svelte';
import { Notices as NoticesState } from '../../../src/state/notices.svelte';
import type { RunBoard } from '../../../src/state/run-board.svelte';
import Earlier from '../../../src/ui/common/Earlier.svelte';
import ErrorNote from '../../../src/ui/common/ErrorNote.svelte';
import Notices from '../../../src/ui/common/Notices.svelte';
import PreviewPictures from '../../../src/ui/datasets/PreviewPictures.svelte';
import CaptionEditor from '../../../src/ui/detail/CaptionEditor.svelte';
import CellView from '../../../src/ui/detail/CellView.svelte';
import ClaimsTable from '../../../src/ui/detail/ClaimsTable.svelte';
import DiffText from '../../../src/ui/detail/DiffText.svelte';
import HistoryRow from '../../../src/ui/detail/HistoryRow.svelte';
import { LitClaims } from '../../../src/ui/detail/lit-claims.svelte';
import ModeVerdict from '../../../src/ui/detail/ModeVerdict.svelte';
import OwnWords from '../../../src/ui/detail/OwnWords.svelte';
import Picture from '../../../src/ui/detail/Picture.svelte';
import Reference from '../../../src/ui/detail/Reference.svelte';
import SourceLine from '../../../src/ui/detail/SourceLine.svelte';
import Takes from '../../../src/ui/detail/Takes.svelte';
import TextTable from '../../../src/ui/detail/TextTable.svelte';
import VerdictText from '../../../src/ui/detail/VerdictText.svelte';
import CaptionPreview from '../../../src/ui/gallery/CaptionPreview.svelte';
import CardState from '../../../src/ui/gallery/CardState.svelte';
import ImageCard from '../../../src/ui/gallery/ImageCard.svelte';
import ReplacedCaption from '../../../src/ui/gallery/ReplacedCaption.svelte';
import Refusals from '../../../src/ui/setup/Refusals.svelte';
import { claim } from '../core/evidence/claim';
import { image } from '../engine/runner/fake-ports';

vi.mock('../../../src/state/app.svelte', () => ({
  useApp: () => ({ notices: {}, access: { locked: [] }, readImage: () => new Promise(() => 0) }),
}));

afterEach(cleanup);

/** Turns what follows around, hides a letter, breaks out of an element, rings a bell. */
const TURN = String.fromCodePoint(0x202e);
const TEXT = `A <b>sign</b>${TURN} gnp.tac\u200B\u0007`;
const SHOWN = 'A <b>sign</b>⟨U+202E⟩ gnp.tac⟨U+200B⟩␇';

const claims = [claim('text', TEXT, TEXT, { modelIds: ['a'] })];
const sentence = { text: TEXT, claimIds: claims.map(({ id }) => id), origin: 'added' } as const;
const verdict: Verdict = {
  caption: TEXT,
  sentences: [sentence],
  claims,
  textRows: [],
  writtenBy: 'judge',
  dropped: [TEXT],
  device: 'wasm',
  judgeMs: 1,
  newTokens: 1,
  finishedAt: 0,
};
const picture = { ...image('a'), name: TEXT, reference: TEXT };
const description = {
  text: TEXT,
  device: 'wasm',
  timings: { lookMs: 0, generateMs: 1, newTokens: 1 },
  finishedAt: 0,
  cutOff: false,
} as const;
const lit = new LitClaims(() => claims);
lit.pin(sentence);
const none = createRawSnippet(() => ({ render: () => '<i></i>' }));
const nothing = () => undefined;

const cell = { key: 'k', modelId: 'm', prompt: { title: 'Prompt' }, identity: { decode: { sampling: { kind: 'greedy' } } } }; // prettier-ignore
const board = {
  run: { id: 'r', name: 'Run', images: [picture] },
  cellsOf: () => [cell],
  takesOf: () => [cell, { ...cell, key: 'other' }],
  state: () => ({ status: 'done', description }),
  verdict: () => ({ status: 'done', verdict }),
  caption: () => TEXT,
  edit: () => ({ texts: [], accepted: false }),
  isOutdated: () => false,
  *resultsOf() {
    yield { image: picture, verdict, edit: { texts: [], accepted: false }, cells: [] };
  },
} as unknown as RunBoard;

const notices = new NoticesState();
notices.show({ text: TEXT, tone: 'info' });

/** What each would show of a model, a judge or a dataset. */
const PLACES = {
  'a sentence of a mode': [ModeVerdict, { verdict, compared: verdict, isStanding: false, onuse: nothing }], // prettier-ignore
  'why a mode fell back': [ModeVerdict, { verdict: { ...verdict, sentences: [], replaced: TEXT }, compared: undefined, isStanding: true, onuse: nothing }], // prettier-ignore
  'the verdict, and what was left out of it': [VerdictText, { state: { status: 'done', verdict }, judgeName: 'Judge', lit }], // prettier-ignore
  'why the verdict fell back': [VerdictText, { state: { status: 'done', verdict: { ...verdict, writtenBy: 'consensus', replaced: TEXT } }, judgeName: 'Judge', lit }], // prettier-ignore
  'a verdict that is being written': [VerdictText, { state: { status: 'running', text: TEXT }, judgeName: 'Judge', lit }], // prettier-ignore
  'own words': [OwnWords, { text: TEXT, verdict: undefined, judgeName: '', isRejudged: false, lit, onback: nothing, ondiffer: nothing }], // prettier-ignore
  'who said it': [SourceLine, { lit }],
  claims: [ClaimsTable, { verdict, modelIds: ['a'], lit, isEdited: false }],
  'text rows': [TextTable, { rows: [{ original: TEXT, english: TEXT, language: TEXT, modelIds: ['a', 'b'], others: [{ text: TEXT, modelIds: ['b'] }] }], wasAsked: true }], // prettier-ignore
  differences: [DiffText, { parts: [{ text: TEXT, kind: 'same' }, { text: TEXT, kind: 'removed' }, { text: TEXT, kind: 'added' }] }], // prettier-ignore
  history: [HistoryRow, { event: { kind: 'wrote', at: 0, text: TEXT, isStanding: false }, entry: { title: 'You wrote', note: '', text: TEXT }, action: undefined }], // prettier-ignore
  'a description': [CellView, { title: 'Prompt', note: '', state: { status: 'done', description }, sources: [`A <b>sign</b>${TURN}`], onretry: undefined, onagain: undefined, isAgainOpen: false, children: none }], // prettier-ignore
  'a description that streams in': [CellView, { title: 'Prompt', note: '', state: { status: 'running', text: TEXT }, sources: [], onretry: undefined, onagain: undefined, isAgainOpen: false, children: none }], // prettier-ignore
  'earlier answers': [Takes, { board, standing: cell, onask: nothing, onretry: undefined }],
  'earlier texts': [Earlier, { label: 'Earlier', of: 'it', texts: [{ id: 1, note: '', text: TEXT, onuse: undefined }], action: 'Use' }], // prettier-ignore
  'the details of an error': [ErrorNote, { error: { code: 'unknown', detail: TEXT } }],
  notices: [Notices, { notices }],
  'a caption that came along': [Reference, { image: picture, text: TEXT }],
  'the open picture': [Picture, { image: picture, thumbnail: 'a.png' }],
  'a card': [ImageCard, { image: picture, place: 0, total: 1, thumbnail: undefined, board: null, isLeftOut: false, skipped: undefined, selected: false, reachable: true, onopen: nothing, onselect: nothing, onreach: nothing }], // prettier-ignore
  'the verdict on a card': [CardState, { board, imageId: picture.id }],
  'what would be replaced': [ReplacedCaption, { found: { image: picture, text: TEXT, count: 1, parts: [{ kind: 'same', text: TEXT }, { kind: 'changed', before: TEXT, after: TEXT }] }, thumbnail: undefined, isChosen: true, ontoggle: nothing }], // prettier-ignore
  'the preview of an export': [CaptionPreview, { board, frame: { prefix: '', suffix: '' }, ids: new Set([picture.id]) }], // prettier-ignore
  'the preview of a dataset': [PreviewPictures, { preview: { error: null, isBusy: false, pictures: [{ name: TEXT, caption: TEXT, url: 'a.png' }] } as unknown as DatasetPreview }], // prettier-ignore
  'files that were refused': [Refusals, { adding: { refusals: [{ id: '1', name: TEXT, error: { code: 'unknown', detail: '' } }], dismiss: nothing, dismissAll: nothing } }], // prettier-ignore
} as unknown as Readonly<Record<string, readonly [Component, Record<string, unknown>]>>;

test.each(Object.entries(PLACES))('%s: nothing in it is obeyed', (_, [component, props]) => {
  const { container } = render(component, props);
  expect(container.querySelector('b')).toBeNull();
  expect(container.textContent + altOf(container)).toContain('⟨U+202E⟩');
  for (const element of container.querySelectorAll('*'))
    for (const { name, value } of element.attributes)
      expect(hiddenIn(value), `${element.tagName} ${name}`).toEqual([]);
  expect(hiddenIn(container.textContent)).toEqual([]);
});

const altOf = (container: Element) => container.querySelector('img')?.alt ?? '';

test('the field of a caption, which obeys, tells of it and lets it be taken out', async () => {
  const props = { imageId: 'a', text: TEXT, onsave: nothing, oncancel: nothing, ondrop: nothing };
  render(CaptionEditor, props);
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Caption' });
  const note = document.getElementById(field.getAttribute('aria-describedby') ?? '');
  expect(note?.textContent).toContain('⟨U+202E⟩ ⟨U+200B⟩ ␇');
  screen.getByRole('button', { name: 'Take them out' }).click();
  await Promise.resolve();
  expect(field.value).toBe('A <b>sign</b> gnp.tac');
  expect(field.getAttribute('aria-describedby')).toBeNull();
  expect(document.activeElement).toBe(field);
});

test('what is shown instead is the same everywhere', () => {
  render(OwnWords, PLACES['own words']![1] as never);
  expect(screen.getByText(SHOWN)).toBeDefined();
});
