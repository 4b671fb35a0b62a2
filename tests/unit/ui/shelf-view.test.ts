import { expect, test } from 'vitest';
import type { Fit } from '../../../src/core/device-fit';
import type { ModelSpec } from '../../../src/models/spec';
import { shelfView } from '../../../src/ui/models/shelf-view';

const spec = (bytes: number) =>
  ({ files: [{ path: 'a', bytes, sha256: '0' }] }) as unknown as ModelSpec;

function row(name: string, more: Partial<Parameters<typeof shelfView>[0][number]> = {}) {
  const common = { repository: `owner/${name}`, summary: '', roles: ['vision'] as const };
  return { ...common, name, fit: undefined, saved: undefined, spec: undefined, ...more };
}

const YES: Fit = { kind: 'yes' };
const ROWS = [
  row('Large', { spec: spec(900), fit: YES }),
  row('Unknown', { roles: ['judge'], summary: 'Writes in many languages' }),
  row('Small', { spec: spec(10), saved: spec(10), roles: ['vision', 'judge'] }),
];
const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
const ALL = { search: '', shown: 'all', sort: 'listed' } as const;

test.each([
  ['all', ['Large', 'Unknown', 'Small']],
  ['vision', ['Large', 'Small']],
  ['judge', ['Unknown', 'Small']],
  ['fits', ['Large']],
  ['here', ['Small']],
] as const)('shows %s', (shown, expected) => {
  expect(names(shelfView(ROWS, { ...ALL, shown }))).toEqual(expected);
});

test('every word has to be found, in any of name, repository and summary', () => {
  expect(names(shelfView(ROWS, { ...ALL, search: 'MANY owner' }))).toEqual(['Unknown']);
  expect(shelfView(ROWS, { ...ALL, search: 'many small' })).toEqual([]);
});

test('the smallest first, and last what nobody knows the size of', () => {
  expect(names(shelfView(ROWS, { ...ALL, sort: 'size' }))).toEqual(['Small', 'Large', 'Unknown']);
});
