import { expect, test } from 'vitest';
import { withLimit } from '../../../../workers/engine/picture';

test('a limit makes a picture smaller than its family does, never larger', () => {
  const square = { kind: 'square', edgePx: 672 } as const;
  expect(withLimit(square)).toEqual(square);
  expect(withLimit(square, 200 * 200)).toEqual({ kind: 'square', edgePx: 200 });
  expect(withLimit(square, 4000 * 4000)).toEqual(square);
  expect(withLimit(square, 0.5)).toEqual({ kind: 'square', edgePx: 1 });
  const whole = { kind: 'whole', maxPixels: 448 * 448 } as const;
  expect(withLimit(whole)).toEqual(whole);
  expect(withLimit(whole, 1000)).toEqual({ kind: 'whole', maxPixels: 1000 });
  expect(withLimit(whole, 1e9)).toEqual(whole);
});
