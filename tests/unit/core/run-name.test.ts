import { expect, test } from 'vitest';
import { defaultRunName, runFileName } from '../../../src/core/run-name';

const AT = new Date(2026, 10, 26, 9, 5).getTime();

test.each([
  ['nobody has named', defaultRunName(AT), 'vlm-2026-11-26-0905'],
  ['somebody has named', 'Ferien: Köln / Bonn', 'Ferien-Köln-Bonn'],
  ['whose name no file can have', '***', 'vlm-2026-11-26-0905'],
])('the files of a run that %s', (_, name, file) => {
  expect(runFileName({ name, createdAt: AT })).toBe(file);
});
