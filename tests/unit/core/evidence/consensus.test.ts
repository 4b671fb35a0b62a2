import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../../src/core/claims';
import { consensusCaption } from '../../../../src/core/evidence/consensus';
import { textRows } from '../../../../src/core/evidence/text-rows';
import { traceSentences } from '../../../../src/core/evidence/trace';
import { claim } from './claim';

const single = { standing: 'single', modelIds: ['a'] } as const;
const disputed = { standing: 'disputed' } as const;

const CAPTIONS: readonly (readonly [caption: string, claims: readonly Claim[]])[] = [
  ['', []],
  ['There is a cat.', [claim('object', 'cat')]],
  ['There is an owl.', [claim('object', 'owl')]],
  ['There are two cats.', [claim('object', 'cat'), claim('count', 'cat', '2')]],
  ['There are twelve cats.', [claim('object', 'cat'), claim('count', 'cat', '12')]],
  ['There are 30 cats.', [claim('object', 'cat'), claim('count', 'cat', '30')]],
  ['There is a cat.', [claim('object', 'cat'), claim('count', 'cat', '2', disputed)]],
  ['There are three mice.', [claim('object', 'mouse'), claim('count', 'mouse', '3')]],
  ['There are two sheep.', [claim('object', 'sheep'), claim('count', 'sheep', '2')]],
  ['There are two cups of coffee.', [claim('object', 'cup of coffee'), claim('count', 'cup of coffee', '2')]],
  ['There are glasses. The glasses are on the left.', [claim('object', 'glasses'), claim('relation', 'glasses', 'left')]],
  ['There is a rhinoceros.', [claim('object', 'rhinoceros')]],
  ['There is a cat and a dog.', [claim('object', 'cat'), claim('object', 'dog')]],
  ['There is a cat, a dog and an owl.', [claim('object', 'cat'), claim('object', 'dog'), claim('object', 'owl')]],
  ['There is a cat.', [claim('object', 'cat'), claim('object', 'dog', '', single)]],
  ['There may be a cat and a dog.', [claim('object', 'cat', '', single), claim('object', 'dog', '', single)]],
  ['There may be a bat, a cat and a dog.', ['bat', 'cat', 'dog', 'eel'].map((name) => claim('object', name, '', single))],
  ['There is a cat. The cat is on the left.', [claim('object', 'cat'), claim('relation', 'cat', 'left')]],
  ['There is a cat. The cat is in the centre.', [claim('object', 'cat'), claim('relation', 'cat', 'centre')]],
  ['There is a cat. The cat is at the top right.', [claim('object', 'cat'), claim('relation', 'cat', 'top right')]],
  ['There is a cat.', [claim('object', 'cat'), claim('relation', 'cat', 'left', disputed)]],
  ['There is a cat.', [claim('object', 'cat'), claim('relation', 'dog', 'left')]],
  ['The background is striped and red.', [claim('attribute', 'background', 'striped'), claim('attribute', 'background', 'red')]],
  ['The text says “Open”.', [claim('text', 'sign', 'Open')]],
  ['', [claim('text', 'sign', 'Open', single)]],
]; // prettier-ignore

describe('consensusCaption', () => {
  test.each(CAPTIONS)('“%s”', (caption, claims) => {
    expect(consensusCaption(claims)).toBe(caption);
  });

  test('what it says can be traced to the claims', () => {
    const claims = CAPTIONS.flatMap(([, each]) => each);
    const distinct = [...new Map(claims.map((each) => [each.id, each])).values()];
    const origins = traceSentences(consensusCaption(distinct), distinct).map(
      ({ origin }) => origin,
    );
    expect(origins.length).toBeGreaterThan(4);
    expect(new Set(origins)).toEqual(new Set(['supported']));
  });
});

describe('textRows', () => {
  test('one row for each text claim, with the models that read it', () => {
    expect(textRows([claim('object', 'sign'), claim('text', 'sign', 'Open', single)])).toEqual([
      { original: 'Open', english: '', language: '', modelIds: ['a'] },
    ]);
  });
});
