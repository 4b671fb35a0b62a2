import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { toErrorData } from '../../../src/core/errors';
import { picturesOfArchive, type ReadArchive } from '../../../src/sources/archives';
import { picturesOfFiles, picturesOfFolder } from '../../../src/sources/folders';
import type { Candidate } from '../../../src/sources/intake';
import { fakeFolder, listed } from './fake-folder';

const PNG = readFileSync(
  fileURLToPath(new URL('../../fixtures/images/good-32x32.png', import.meta.url)),
);

/** A file as a picked folder gives it. */
function at(path: string, content: BlobPart = 'x'): File {
  const file = new File([content], path.split('/').at(-1) ?? '', { lastModified: 5 });
  return Object.defineProperty(file, 'webkitRelativePath', {
    value: path.includes('/') ? path : '',
  });
}

/** What each candidate is called and says; what it is refused for. */
async function told(candidates: AsyncIterable<Candidate>) {
  const rows: string[] = [];
  for (const candidate of await listed(candidates)) {
    const { name, sidecar } = candidate;
    const error = await candidate.open().then(
      () => undefined,
      (reason: unknown) => toErrorData(reason).code,
    );
    const says = sidecar && `${sidecar.name}: ${(await sidecar.text()) ?? 'nothing'}`;
    rows.push([name, says, error].filter((part) => part !== undefined).join(' | '));
  }
  return rows;
}

let leftOut: number;
const onLeftOut = (count: number) => (leftOut = count);
const picked = (...files: readonly File[]) => {
  leftOut = -1;
  return told(picturesOfFiles(files, onLeftOut));
};

describe('files that were picked one by one', () => {
  test('have the text of their name beside them, in whatever order they come', async () => {
    expect(await picked(at('b.txt', 'B.'), at('a.jpg'), at('b.png'), at('a.TXT', ' '))).toEqual([
      'a.jpg | a.TXT: nothing',
      'b.png | b.txt: B.',
    ]);
  });

  test('are refused by name where they are no picture', async () => {
    expect(await picked(at('notes.txt'), at('a.jpg'), at('b.pdf'))).toEqual([
      'a.jpg',
      'b.pdf',
      'notes.txt',
    ]);
  });

  test('have the captions of a list among them', async () => {
    const list = at('metadata.jsonl', '{"file_name":"a.jpg","text":"A."}');
    expect(await picked(at('a.jpg'), list, at('b.jpg'))).toEqual([
      'a.jpg | metadata.jsonl: A.',
      'b.jpg',
    ]);
  });
});

describe('files of a picked folder', () => {
  test('belong to the texts of their own folder', async () => {
    expect(await picked(at('f/one/a.jpg'), at('f/two/a.jpg'), at('f/two/a.txt', 'Two.'))).toEqual([
      'a.jpg',
      'a.jpg | a.txt: Two.',
    ]);
  });

  test('what is no picture is counted, and what systems leave is not', async () => {
    const others = ['f/b.pdf', 'f/notes.txt', 'f/c.zip'].map((path) => at(path));
    const hidden = ['f/.DS_Store', 'f/Thumbs.db', 'f/__MACOSX/a.jpg', 'f/.x/b.jpg'].map((path) =>
      at(path),
    );
    expect(await picked(at('f/a.jpg'), ...others, ...hidden)).toEqual(['a.jpg']);
    expect(leftOut).toBe(3);
  });

  test('captions of a list reach the folders inside its own; a text beside the picture is nearer', async () => {
    const list = at(
      'f/metadata.csv',
      'file_name,text\nsub/a.jpg,From the list.\nsub/b.jpg,Also.\n',
    );
    expect(
      await picked(at('f/sub/a.jpg'), at('f/sub/b.jpg'), at('f/sub/b.txt', 'Beside.'), list),
    ).toEqual(['a.jpg | metadata.csv: From the list.', 'b.jpg | b.txt: Beside.']);
  });

  test('a list with bad rows is told, and its good rows count', async () => {
    const list = at('f/metadata.jsonl', '{"file_name":"a.jpg","text":"A."}\nnonsense\n');
    expect(await picked(at('f/a.jpg'), list)).toEqual([
      'metadata.jsonl | captions-unreadable',
      'a.jpg | metadata.jsonl: A.',
    ]);
  });

  test('a file without an ending is a picture by its first bytes', async () => {
    expect(await picked(at('f/4f2a', PNG), at('f/README', 'x'))).toEqual(['4f2a']);
    expect(leftOut).toBe(1);
  });

  test('a folder without pictures says so', async () => {
    await expect(picked(at('f/notes.txt'))).rejects.toMatchObject({ code: 'folder-empty' });
  });
});

describe('a folder with a handle', () => {
  test('stays where it is: its pictures are remembered by their places, folder by folder', async () => {
    const folder = fakeFolder('trip', {
      'a.jpg': 'aaa',
      'a.txt': 'A.',
      '.hidden': { 'x.jpg': 'x' },
      inner: { 'b.png': 'bb', 'c.pdf': 'c', deep: { 'd.gif': 'd' } },
      '.DS_Store': 'x',
    });
    const candidates = await listed(picturesOfFolder(folder, 'handle', onLeftOut));
    expect(candidates.map(({ id, source }) => [id, source])).toEqual([
      ['file:trip/a.jpg:3:7', { kind: 'folder', handleId: 'handle', path: 'a.jpg', modifiedAt: 7 }],
      [
        'file:trip/inner/b.png:2:7',
        { kind: 'folder', handleId: 'handle', path: 'inner/b.png', modifiedAt: 7 },
      ],
      [
        'file:trip/inner/deep/d.gif:1:7',
        { kind: 'folder', handleId: 'handle', path: 'inner/deep/d.gif', modifiedAt: 7 },
      ],
    ]);
    expect(await candidates[0]!.sidecar!.text()).toBe('A.');
    expect(await (await candidates[1]!.open()).text()).toBe('bb');
    expect(leftOut).toBe(1);
  });

  test('a file that is deleted after it was listed is refused alone', async () => {
    const folder = fakeFolder('trip', { 'a.jpg': 'a', 'b.jpg': 'b' });
    const candidates = await listed(picturesOfFolder(folder, 'handle', onLeftOut));
    folder.remove('a.jpg');
    await expect(candidates[0]!.open()).rejects.toMatchObject({ code: 'source-gone' });
    expect(await (await candidates[1]!.open()).text()).toBe('b');
  });

  test('permission that is withdrawn while it is listed ends the listing', async () => {
    const folder = fakeFolder('trip', { 'a.jpg': 'a', inner: { 'b.jpg': 'b' } });
    const listing = picturesOfFolder(folder, 'handle', onLeftOut);
    expect((await listing.next()).value).toMatchObject({ name: 'a.jpg' });
    folder.withdraw();
    await expect(listing.next()).rejects.toMatchObject({ code: 'source-permission' });
  });

  test('of thousands of files only a handful are looked into ahead of who takes them', async () => {
    const MANY = 5000;
    const files = Object.fromEntries(
      Array.from({ length: MANY }, (_, index) => [`${String(index)}.jpg`, 'x']),
    );
    let opened = 0;
    const folder = fakeFolder('many', files, { allowed: true, onOpen: () => (opened += 1) });
    let taken = 0;
    let mostAhead = 0;
    for await (const { name } of picturesOfFolder(folder, 'handle', onLeftOut)) {
      taken += name.endsWith('.jpg') ? 1 : 0;
      mostAhead = Math.max(mostAhead, opened - taken);
    }
    expect(taken).toBe(MANY);
    expect(opened).toBe(MANY);
    expect(mostAhead).toBeLessThan(100);
  });
});

describe('an archive', () => {
  const file = new File(['zip'], 'trip.zip', { lastModified: 9 });
  const archive = (paths: Readonly<Record<string, string>>): ReadArchive => ({
    list: () =>
      Promise.resolve(
        Object.entries(paths).map(([path, content]) => ({
          path,
          bytes: content.length,
          modifiedAt: 4,
          ...(content.startsWith('archive-')
            ? { problem: { code: content as 'archive-encrypted', detail: '' } }
            : {}),
        })),
      ),
    read: (_, path) => Promise.resolve(new Blob([paths[path] ?? ''])),
  });

  test('has folders and captions as a folder has', async () => {
    const reading = archive({
      'one/a.jpg': 'aaa',
      'metadata.jsonl': '{"file_name":"one/a.jpg","text":"A."}',
      '__MACOSX/one/._a.jpg': 'x',
      'notes.pdf': 'x',
    });
    const candidates = await listed(picturesOfArchive(file, 'handle', reading, onLeftOut));
    expect(candidates.map(({ id, name, source }) => [id, name, source])).toEqual([
      [
        'file:trip/one/a.jpg:3:4',
        'a.jpg',
        { kind: 'archive', handleId: 'handle', path: 'one/a.jpg', modifiedAt: 9 },
      ],
    ]);
    expect(await candidates[0]!.sidecar!.text()).toBe('A.');
    expect((await candidates[0]!.open()).type).toBe('image/jpeg');
    expect(leftOut).toBe(1);
  });

  test('is copied without a handle', async () => {
    const [candidate] = await listed(
      picturesOfArchive(file, undefined, archive({ 'a.jpg': 'a' }), onLeftOut),
    );
    expect(candidate!.source).toEqual({ kind: 'copy' });
  });

  test('refuses bad entries one by one, and leaves out what was no picture anyway', async () => {
    const reading = archive({
      'a.jpg': 'a',
      '../b.jpg': 'archive-path',
      'c.jpg': 'archive-encrypted',
      'd.zip': 'archive-nested',
      'e.doc': 'archive-encrypted',
    });
    expect((await told(picturesOfArchive(file, 'handle', reading, onLeftOut))).sort()).toEqual([
      'a.jpg',
      'b.jpg | archive-path',
      'c.jpg | archive-encrypted',
      'd.zip | archive-nested',
    ]);
    expect(leftOut).toBe(1);
  });

  test('without pictures says so', async () => {
    const none = picturesOfArchive(file, 'handle', archive({ 'a.txt': 'x' }), onLeftOut);
    await expect(told(none)).rejects.toMatchObject({ code: 'archive-empty' });
  });
});
