import { expect, test } from 'vitest';
import { excerpts } from '../../../src/ui/gallery/excerpts';

const long = 'word '.repeat(60);
const cat = { kind: 'changed', before: 'cat', after: 'dog' } as const;

test('of what stays only the words beside a change are shown', () => {
  const [first, , middle, , last] = excerpts([
    { kind: 'same', text: `${long}a ` },
    cat,
    { kind: 'same', text: long },
    cat,
    { kind: 'same', text: ' on a mat.' },
  ]);
  expect(first).toMatchObject({ text: expect.stringMatching(/^… (word ){10,13}a $/u) as string });
  expect(middle).toMatchObject({ text: expect.stringContaining(' … ') as string });
  expect(last).toEqual({ kind: 'same', text: ' on a mat.' });
});
