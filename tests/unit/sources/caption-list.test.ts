import { describe, expect, test } from 'vitest';
import { readCaptionList } from '../../../src/sources/caption-list';

async function read(path: string, text: string) {
  const { captions, unreadable } = await readCaptionList(new Blob([text]), path);
  return { ...Object.fromEntries(captions), unreadable };
}

const lines = (...rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n');

describe('metadata.jsonl', () => {
  test('names pictures from its folder on, and captions by the columns that people use', async () => {
    const text = lines(
      { file_name: 'a.png', text: ' A cat. ' },
      { file_name: './sub/b.png', caption: 'A dog.', label: 3 },
      { file_name: 'sub\\c.png', description: 'A bird.' },
      { file_name: 'd.png', captions: ['First.', 'Second.'] },
    );
    expect(await read('train/metadata.jsonl', `\uFEFF${text}\r\n\n`)).toEqual({
      'train/a.png': 'A cat.',
      'train/sub/b.png': 'A dog.',
      'train/sub/c.png': 'A bird.',
      'train/d.png': 'First.',
      unreadable: 0,
    });
  });

  test('a caption under a name of its own is taken where nothing else is text', async () => {
    expect(
      await read(
        'metadata.jsonl',
        lines(
          { file_name: 'a.png', remark: 'A cat.', width: 3, url: 'https://x.example/a' },
          { file_name: 'b.png', one: 'A.', two: 'B.' },
          { file_name: 'c.png', text: '' },
        ),
      ),
    ).toEqual({ 'a.png': 'A cat.', unreadable: 0 });
  });

  test('rows that are none, name nothing, or point out of the folder are counted, the others count', async () => {
    const good = lines({ file_name: 'a.png', text: 'A.' });
    const bad = [
      '{"file_name":',
      '[1]',
      lines({ text: 'B.' }),
      lines({ file_name: '../x.png', text: 'C.' }),
    ];
    expect(await read('metadata.jsonl', [good, ...bad].join('\n'))).toEqual({
      'a.png': 'A.',
      unreadable: 4,
    });
  });
});

describe('metadata.csv', () => {
  test('is read with quotes, commas and line breaks inside', async () => {
    const text = 'file_name,text,width\r\na.png,"A cat, ""Tom"",\nasleep.",12\r\nb.png,,13\r\n\r\n';
    expect(await read('x/metadata.csv', text)).toEqual({
      'x/a.png': 'A cat, "Tom",\nasleep.',
      unreadable: 0,
    });
  });

  test('numbers are no caption', async () => {
    expect(await read('metadata.csv', 'file_name,label\na.png,7\n')).toEqual({ unreadable: 0 });
  });

  test('without the column of names every row is unreadable', async () => {
    expect(await read('metadata.csv', 'name,text\na.png,A.\n')).toEqual({ unreadable: 1 });
  });
});
