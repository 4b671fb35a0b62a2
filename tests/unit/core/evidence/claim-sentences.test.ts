import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../../src/core/claims';
import { claimSentences } from '../../../../src/core/evidence/claim-sentences';
import { extractStatements } from '../../../../src/core/evidence/extract';
import { statementId } from '../../../../src/core/evidence/weigh';
import { subjects } from '../../../../src/core/judge-prompt';
import { claim } from './claim';

const doubtful = { weight: 0.4 };
const written = (claims: readonly Claim[], said: readonly string[] = []): string =>
  claimSentences(subjects(claims), new Set(said))
    .map(({ text }) => text)
    .join(' ');

const CAPTIONS: readonly (readonly [caption: string, claims: readonly Claim[]])[] = [
  ['', []],
  ['The image shows a cat.', [claim('object', 'cat')]],
  ['The image shows an owl.', [claim('object', 'owl')]],
  ['The image shows a unicorn.', [claim('object', 'unicorn')]],
  ['The image shows two cats.', [claim('object', 'cat'), claim('count', 'cat', '2')]],
  ['The image shows twelve cats.', [claim('object', 'cat'), claim('count', 'cat', '12')]],
  ['The image shows 30 cats.', [claim('object', 'cat'), claim('count', 'cat', '30')]],
  ['The image shows three mice.', [claim('object', 'mouse'), claim('count', 'mouse', '3')]],
  ['The image shows two sheep.', [claim('object', 'sheep'), claim('count', 'sheep', '2')]],
  ['The image shows two cups of coffee.', [claim('object', 'cup of coffee'), claim('count', 'cup of coffee', '2')]],
  ['The image shows glasses. The glasses are on the left.', [claim('object', 'glasses'), claim('relation', 'glasses', 'left')]],
  ['The image shows a rhinoceros.', [claim('object', 'rhinoceros')]],
  ['The image shows a red cat and a dog.', [claim('object', 'cat'), claim('attribute', 'cat', 'red'), claim('object', 'dog')]],
  ['The image shows a cat. There may also be a dog.', [claim('object', 'cat'), claim('object', 'dog', '', doubtful)]],
  ['There may be two cats and a dog.', [claim('object', 'cat', '', doubtful), claim('count', 'cat', '2', doubtful), claim('object', 'dog', '', doubtful)]],
  ['The image shows a cat. The cat is in the centre.', [claim('object', 'cat'), claim('relation', 'cat', 'centre')]],
  ['The image shows a cat.', [claim('object', 'cat'), claim('relation', 'cat', 'left', doubtful)]],
  ['The image shows two cats.', [claim('object', 'cat'), claim('count', 'cat', '2'), claim('relation', 'cat', 'left')]],
  ['The photo shows a cat.', [claim('object', 'cat'), claim('overall', 'image', 'photo')]],
  ['The image is a photo.', [claim('overall', 'image', 'photo')]],
  ['The background is striped red.', [claim('attribute', 'background', 'red'), claim('attribute', 'background', 'striped')]],
  ['The background is an orange gradient.', [claim('attribute', 'background', 'gradient'), claim('attribute', 'background', 'orange')]],
  ['The background may be red.', [claim('attribute', 'background', 'red', doubtful)]],
  ['There is a sign at the top. It says "Salida". The language is Spanish. In English it means "exit".', [
    claim('object', 'sign'), claim('relation', 'sign', 'top'), claim('text', 'sign', 'Salida'),
    claim('language', 'sign', 'Spanish'), claim('translation', 'sign', 'exit'),
  ]],
  ['There may be a sign. It may say "Open".', [claim('text', 'sign', 'Open', doubtful)]],
  ['The image shows a cat. The cat is lying on the sofa. The cat has a collar.', [claim('object', 'cat'), claim('action', 'cat', 'lying'), claim('relation', 'cat', 'on sofa'), claim('relation', 'cat', 'with collar')]],
  ['The image shows several people. The people are riding a horse.', [claim('object', 'person'), claim('count', 'person', 'several'), claim('action', 'person', 'riding horse')]],
  ['The photo shows a cat. The scene is at night. The image is black and white.', [claim('object', 'cat'), claim('overall', 'image', 'photo'), claim('overall', 'image', 'at night'), claim('overall', 'image', 'black and white')]],
  ['The image shows a cat.', [claim('object', 'cat'), claim('count', 'person', '0'), claim('relation', 'cat', 'not on sofa')]],
]; // prettier-ignore

describe('claimSentences', () => {
  test.each(CAPTIONS)('“%s”', (caption, claims) => {
    expect(written(claims)).toBe(caption);
  });

  test('what was said already is not said again', () => {
    const cat = claim('object', 'cat');
    const place = claim('relation', 'cat', 'left');
    const dog = claim('object', 'dog');
    expect(written([cat, place, dog], [cat.id])).toBe(
      'The image also shows a dog. The cat is on the left.',
    );
    expect(written([cat, place], [cat.id, place.id])).toBe('');
  });

  test('every sentence says the claims that it names', () => {
    const all = CAPTIONS.flatMap(([, claims]) => claimSentences(subjects(claims)));
    const unread = all.filter(({ text, claimIds }) => {
      const read = extractStatements(text).map(({ statement }) => statementId(statement));
      const own = claimIds.filter(
        (id) =>
          !/^(language|translation|action):|^overall|^text:|^relation:.*=(on|with) |several$/u.test(
            id,
          ),
      );
      return own.some((id) => !read.includes(id));
    });
    expect(all.length).toBeGreaterThan(30);
    expect(unread).toEqual([]);
  });
});
