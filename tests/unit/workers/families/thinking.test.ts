import { expect, test } from 'vitest';
import { withoutThinking } from '../../../../workers/families/thinking';

test.each([
  ['A dog.', 'A dog.'],
  ['<think>\n\n</think>\n\nA dog.', 'A dog.'],
  ['<think>Is it a cat?</think>A dog.<think>No.</think> Yes.', 'A dog. Yes.'],
  ['<think>Is it a cat? It may be', ''],
  ['It may be a cat.\n</think>\n\nA dog.', 'A dog.'],
  ['', ''],
  ['a < b and b > a', 'a < b and b > a'],
])('%j is %j', (said, read) => {
  expect(withoutThinking(said)).toBe(read);
});
