import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import type { ArchiveEntry } from '../../../../../src/core/archive';
import { unwrap } from '../../../../../src/core/errors';
import { ZipArchives } from '../../../../../workers/engine/archive/zip-archives';
import { directoryHeaders, patched, renamed, zipOf } from './zip';

/** Bytes that don't shrink. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (state * 48_271) % 2_147_483_647) & 255);
}

const list = async (file: File) => unwrap(await new ZipArchives().list(file, 0)).entries;
const problems = (entries: readonly ArchiveEntry[]) =>
  Object.fromEntries(entries.map(({ path, problem }) => [path, problem?.code]));
const read = (file: File, path: string) => new ZipArchives().read(file, path);

/** The declared unpacked length of the entry at that place of the central directory, and of its own header. */
function declare(view: DataView, place: number, bytes: number): void {
  const at = directoryHeaders(view)[place]!;
  view.setUint32(at + 24, bytes, true);
  view.setUint32(view.getUint32(at + 42, true) + 22, bytes, true);
}

describe('a ZIP', () => {
  test('lists its files with their folders, and gives each as it was', async () => {
    const picture = noise(5000);
    const file = await zipOf([
      { path: 'a.png', data: picture, level: 0 },
      { path: 'one/', data: '', directory: true },
      { path: 'one/two/ä b.jpg', data: picture.subarray(7) },
    ]);
    const entries = await list(file);
    expect(entries.map(({ path, bytes, problem }) => [path, bytes, problem])).toEqual([
      ['a.png', 5000, undefined],
      ['one/two/ä b.jpg', 4993, undefined],
    ]);
    const blob = unwrap(await read(file, 'one/two/ä b.jpg'));
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(picture.subarray(7));
    expect(await read(file, 'b.png')).toMatchObject({ ok: false, error: { code: 'source-gone' } });
  });

  test('of 10,000 files is listed in parts, and its table read once', async () => {
    const zip = new JSZip();
    for (let index = 0; index < 10_000; index += 1) zip.file(`${String(index)}.png`, 'x');
    const file = new File([await zip.generateAsync({ type: 'arraybuffer' })], 'many.zip');
    const archives = new ZipArchives();
    const paths: string[] = [];
    let from: number | null = 0;
    let parts = 0;
    while (from !== null) {
      const page: { entries: readonly ArchiveEntry[]; next: number | null } = unwrap(
        await archives.list(file, from),
      );
      paths.push(...page.entries.map(({ path }) => path));
      parts += 1;
      from = page.next;
    }
    expect([parts, paths.length, new Set(paths).size]).toEqual([5, 10_000, 10_000]);
    const slices: number[] = [];
    const slice = file.slice.bind(file);
    file.slice = (...args) => {
      slices.push(args[0] ?? 0);
      return slice(...args);
    };
    expect(unwrap(await archives.read(file, '9999.png')).size).toBe(1);
    // Its own header and its data: not the table, which is larger than all before.
    expect(slices.length).toBeGreaterThan(0);
    expect(slices.length).toBeLessThan(10);
  });
});

describe('an entry that is not unpacked says why, and the others are there', () => {
  test('encrypted, a link, a ZIP in the ZIP', async () => {
    const inner = new Uint8Array(await (await zipOf([{ path: 'x.png', data: 'x' }])).arrayBuffer());
    const file = await zipOf([
      { path: 'good.png', data: 'x' },
      { path: 'locked.png', data: 'x', password: 'p' },
      { path: 'link.png', data: '/etc/passwd', unixMode: 0o120777 },
      { path: 'more.zip', data: inner },
    ]);
    expect(problems(await list(file))).toEqual({
      'good.png': undefined,
      'locked.png': 'archive-encrypted',
      'link.png': 'archive-link',
      'more.zip': 'archive-nested',
    });
    expect(await read(file, 'locked.png')).toMatchObject({
      ok: false,
      error: { code: 'archive-encrypted' },
    });
  });

  test.each([
    '../../x.png',
    '/root/x.png',
    'a/../x.png',
    '..\\..\\x.png',
    'C:/dir/x.png',
    '~/a/b/x.png',
    './a/b/x.png',
  ])('the path %s', async (path) => {
    const plain = 'p'.repeat(path.length);
    const file = await renamed(
      await zipOf([
        { path: 'good.png', data: 'x' },
        { path: plain, data: 'x' },
      ]),
      plain,
      path,
    );
    expect(problems(await list(file))).toEqual({ 'good.png': undefined, [path]: 'archive-path' });
  });

  test('what would unpack to a hundred times itself', async () => {
    const file = await zipOf([
      { path: 'bomb.png', data: new Uint8Array(20_000_000) },
      { path: 'blank.png', data: new Uint8Array(2_000_000) },
    ]);
    expect(problems(await list(file))).toEqual({
      'bomb.png': 'archive-bomb',
      'blank.png': undefined,
    });
  });

  test('what declares less than comes out is stopped on the way', async () => {
    const file = await patched(
      await zipOf([{ path: 'liar.png', data: new Uint8Array(30_000_000), dataDescriptor: false }]),
      (_, view) => declare(view, 0, 10_000),
    );
    expect(problems(await list(file))).toEqual({ 'liar.png': undefined });
    expect(await read(file, 'liar.png')).toMatchObject({
      ok: false,
      error: { code: 'archive-bomb' },
    });
  });

  test('two entries that share their bytes', async () => {
    const file = await patched(
      await zipOf([
        { path: 'a.png', data: noise(500) },
        { path: 'b.png', data: noise(500) },
      ]),
      (_, view) => {
        const [a, b] = directoryHeaders(view);
        view.setUint32(b! + 42, view.getUint32(a! + 42, true), true);
      },
    );
    const archives = new ZipArchives();
    const replies = [await archives.read(file, 'a.png'), await archives.read(file, 'b.png')];
    expect(replies.some((reply) => !reply.ok && reply.error.code.startsWith('archive-'))).toBe(
      true,
    );
  });

  test('wrong bytes', async () => {
    const data = noise(3000);
    const stored = await patched(
      await zipOf([
        { path: 'bad.png', data, level: 0 },
        { path: 'good.png', data, level: 0 },
      ]),
      (bytes) => (bytes[1000] = bytes[1000]! ^ 255),
    );
    expect(await read(stored, 'bad.png')).toMatchObject({
      ok: false,
      error: { code: 'archive-damaged' },
    });
    expect(unwrap(await read(stored, 'good.png')).size).toBe(3000);
    const packed = await patched(
      await zipOf([{ path: 'bad.txt', data: 'a word and another word. '.repeat(200), level: 9 }]),
      (bytes) => bytes.fill(255, 50, 70),
    );
    expect(await read(packed, 'bad.txt')).toMatchObject({
      ok: false,
      error: { code: 'archive-damaged' },
    });
  });

  test('a way of packing that no browser knows', async () => {
    const file = await patched(await zipOf([{ path: 'a.png', data: noise(100) }]), (_, view) => {
      const at = directoryHeaders(view)[0]!;
      view.setUint16(at + 10, 14, true); // LZMA
      view.setUint16(view.getUint32(at + 42, true) + 8, 14, true);
    });
    expect(await read(file, 'a.png')).toMatchObject({
      ok: false,
      error: { code: 'archive-compression' },
    });
  });
});

describe('a whole archive is refused', () => {
  const listing = (file: File) => new ZipArchives().list(file, 0);

  test.each([
    ['no ZIP', 'archive-truncated', () => new File(['x'.repeat(100)], 'a.zip')],
    ['empty', 'archive-unreadable', () => new File([], 'a.zip')],
    [
      'without its end',
      'archive-truncated',
      async () => {
        const whole = await zipOf([{ path: 'a.png', data: noise(2000) }]);
        return new File([whole.slice(0, 1500)], 'a.zip');
      },
    ],
    [
      'declared to unpack to far more than it has',
      'archive-bomb',
      async () =>
        patched(
          await zipOf(
            Array.from({ length: 300 }, (_, index) => ({
              path: `${String(index)}.png`,
              data: 'x',
            })),
          ),
          (_, view) => {
            for (let place = 0; place < 300; place += 1) declare(view, place, 15_000_000);
          },
        ),
    ],
  ] as const)('%s: %s', async (_, code, make) => {
    expect(await listing(await make())).toMatchObject({ ok: false, error: { code } });
  });
});
