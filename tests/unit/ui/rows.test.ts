import { expect, test } from 'vitest';
import { columnsIn, rowsOf } from '../../../src/ui/gallery/rows';

test('as many cards stand beside each other as have room with the gaps between them', () => {
  expect(columnsIn(240 * 5 + 16 * 4, false)).toBe(5);
  expect(columnsIn(240 * 5 + 16 * 4 - 1, false)).toBe(4);
  expect(columnsIn(366, true)).toBe(2);
  expect(columnsIn(100, true)).toBe(1);
  expect(columnsIn(1264, false, 'small')).toBe(7);
  expect(columnsIn(1264, false, 'large')).toBe(3);
  expect(columnsIn(366, true, 'large')).toBe(1);
});

test('the last row holds what is left', () => {
  expect(rowsOf(['a', 'b', 'c'], 2)).toEqual([['a', 'b'], ['c']]);
  expect(rowsOf([], 2)).toEqual([]);
});
