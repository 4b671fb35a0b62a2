import { expect, test } from 'vitest';
import { textRows } from '../../../../src/core/evidence/text-rows';
import { claim } from './claim';

test('one row for each text claim, with the models that read it', () => {
  const text = claim('text', 'sign', 'Open', { modelIds: ['a'] });
  expect(textRows([claim('object', 'sign'), text])).toEqual([
    { original: 'Open', english: '', language: '', modelIds: ['a'] },
  ]);
});

test('language and meaning are those of the models that read the wording', () => {
  const claims = [
    claim('text', 'sign', 'Bäckerei', { modelIds: ['a', 'b'] }),
    claim('text', 'sign', 'Backerei', { modelIds: ['c'] }),
    claim('language', 'sign', 'German', { modelIds: ['a'], weight: 0.9 }),
    claim('language', 'sign', 'Dutch', { modelIds: ['b'], weight: 0.4 }),
    claim('translation', 'sign', 'bakery', { modelIds: ['a'] }),
  ];
  expect(textRows(claims)).toEqual([
    { original: 'Bäckerei', english: 'bakery', language: 'German', modelIds: ['a', 'b'] },
    { original: 'Backerei', english: '', language: '', modelIds: ['c'] },
  ]);
});
