import { expect, test } from 'vitest';
import { textRows } from '../../../../src/core/evidence/text-rows';
import { claim } from './claim';

test('one row for each text claim, with the models that read it', () => {
  const text = claim('text', 'sign', 'Open', { modelIds: ['a'] });
  expect(textRows([claim('object', 'sign'), text])).toEqual([
    { original: 'Open', english: '', language: '', modelIds: ['a'] },
  ]);
});
