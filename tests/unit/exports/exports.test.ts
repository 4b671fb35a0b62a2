import JSZip from 'jszip';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { UNEDITED, withText, type Edit } from '../../../src/core/edit';
import { cellsOf } from '../../../src/core/run';
import type { Verdict } from '../../../src/core/verdict';
import { toCsv } from '../../../src/exports/csv';
import { toJsonLines } from '../../../src/exports/json-lines';
import {
  only,
  distinctPaths,
  framed,
  NO_FRAME,
  pathOf,
  withEnding,
  type RunResults,
} from '../../../src/exports/results';
import { toSidecars } from '../../../src/exports/sidecars';
import { toSidecarZip } from '../../../src/exports/sidecar-zip';
import { image, run as runOf } from '../engine/runner/fake-ports';

const VERDICT: Verdict = {
  caption: '=A cat, "red".',
  sentences: [],
  claims: [],
  textRows: [{ original: 'EXIT', english: '', language: 'English', modelIds: ['one'] }],
  writtenBy: 'judge',
  dropped: [],
  device: 'wasm',
  judgeMs: 1,
  newTokens: 1,
  finishedAt: 1,
};

/** Two images: a with a verdict, b with descriptions alone, of which one failed. */
async function results(edit: Edit = UNEDITED): Promise<RunResults> {
  const run = runOf({
    images: [{ ...image('a.jpg'), id: 'file:holiday/a.jpg:10:99' }, image('b.png')],
  });
  const cells = await cellsOf(run);
  const timings = { lookMs: 1, generateMs: 1, newTokens: 2 };
  return {
    run,
    images: run.images.map((item, index) => ({
      image: item,
      cells: cells
        .filter(({ imageId }) => imageId === item.id)
        .map((cell, at) => ({
          cell,
          state:
            index === 1 && at === 0
              ? { status: 'failed', error: { code: 'unknown', detail: 'x' }, attempts: 1 }
              : {
                  status: 'done',
                  description: {
                    text: `${cell.modelId} ${cell.promptId}\nof ${item.name}`,
                    device: 'wasm',
                    timings,
                    finishedAt: 1,
                    cutOff: false,
                  },
                },
        })),
      earlier: [],
      verdict: index === 0 ? VERDICT : null,
      earlierVerdicts: [],
      isOutdated: false,
      edit: index === 0 ? edit : UNEDITED,
      isAccepted: index === 0 && edit.accepted,
    })),
  };
}

describe('exports', () => {
  test('JSONL has everything, a line an image', async () => {
    const lines = toJsonLines(await results(), NO_FRAME)
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(2);
    const [a, b] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(a).toMatchObject({
      file_name: 'holiday/a.jpg',
      caption: VERDICT.caption,
      verdict: VERDICT,
    });
    expect(b).toMatchObject({ file_name: 'b.png', caption: 'one q\nof b.png', verdict: null });
    expect(b!.descriptions).toMatchObject([{ error: { code: 'unknown' } }, {}, {}, {}]);
  });

  test('CSV survives quotes, line breaks and what looks like a formula', async () => {
    const { data } = Papa.parse<string[]>(toCsv(await results(), NO_FRAME).trimEnd());
    expect(data[0]).toEqual([
      'file',
      'caption',
      'accepted',
      'text as the models read it',
      'one: p',
      'one: q',
      'two: p',
      'two: q',
    ]);
    expect(data[1]!.slice(0, 4)).toEqual(['holiday/a.jpg', `'${VERDICT.caption}`, 'no', 'EXIT']);
    expect(data[2]![5]).toBe('one q\nof b.png');
  });

  test('an edited caption stands instead of the verdict, until it is taken back', async () => {
    const edited = withText(UNEDITED, 'Mine.', 1);
    const captions = async (edit: Edit) => toSidecars(await results(edit), NO_FRAME)[0]!.text;
    expect(await captions(edited)).toBe('Mine.\n');
    expect(await captions(withText(edited, null, 2))).toBe(`${VERDICT.caption}\n`);
  });

  test('some pictures can be taken out alone', async () => {
    const edited = await results(withText(UNEDITED, 'Mine.', 1));
    const [first] = edited.images;
    expect(toSidecars(only(edited, new Set([first!.image.id])), NO_FRAME)).toEqual([
      { path: 'holiday/a.txt', text: 'Mine.\n' },
    ]);
    expect(only(edited, new Set()).images).toEqual([]);
  });

  test('sidecars stand beside their pictures, with what is to be around every caption', async () => {
    const sidecars = toSidecars(await results(), { prefix: 'sks style, ', suffix: '!' });
    expect(sidecars).toEqual([
      { path: 'holiday/a.txt', text: `sks style, ${VERDICT.caption}!\n` },
      { path: 'b.txt', text: 'sks style, one q\nof b.png!\n' },
    ]);
    const zip = await JSZip.loadAsync(await (await toSidecarZip(sidecars)).arrayBuffer());
    expect(await zip.file('holiday/a.txt')!.async('string')).toBe(sidecars[0]!.text);
  });

  test.each([
    ['sks', '', 'sks A cat.'],
    ['sks style,', '', 'sks style, A cat.'],
    ['sks style, ', '', 'sks style, A cat.'],
    ['(', ')', '(A cat.)'],
    ['<s>', '', '<s>A cat.'],
    ['', 'photo', 'A cat. photo'],
    ['', ', photo', 'A cat., photo'],
    ['', '\n#cat', 'A cat.\n#cat'],
  ])(
    'between “%s”, the caption and “%s” there is a space where words would run together',
    (prefix, suffix, text) => {
      expect(framed('A cat.', { prefix, suffix })).toBe(text);
    },
  );

  test.each([
    [{ id: 'file:a/b.c/d.jpg:1:2', name: 'd.jpg' }, 'a/b.c/d.jpg', 'a/b.c/d.txt'],
    [{ id: 'sample:cats.png', name: 'Two cats' }, 'Two cats', 'Two cats.txt'],
    [{ id: 'file:a:b.png:1:2', name: 'a:b.png' }, 'a:b.png', 'a:b.txt'],
  ])('%o lies at %s', (item, path, sidecar) => {
    expect(pathOf(item)).toBe(path);
    expect(withEnding(path, 'txt')).toBe(sidecar);
  });

  test('files of one name do not overwrite each other', () => {
    expect(distinctPaths(['a.txt', 'A.txt', 'a.txt', 'b/a.txt'])).toEqual([
      'a.txt',
      'A (2).txt',
      'a (3).txt',
      'b/a.txt',
    ]);
  });
});
