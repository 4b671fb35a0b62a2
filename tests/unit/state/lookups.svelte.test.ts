import { expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import type { RepositoryReport } from '../../../src/core/protocol';
import { Lookups } from '../../../src/state/lookups.svelte';

const REPORT = { repository: 'a/b', commit: 'c' } as RepositoryReport;

test('a repository is asked for once, and again only where that failed', async () => {
  const asked: string[] = [];
  const lookups = new Lookups({
    lookUp: ({ repository }) => {
      asked.push(repository);
      return repository === 'a/gated' && asked.length < 3
        ? Promise.reject(new AppError('repository-gated'))
        : Promise.resolve(REPORT);
    },
  });
  await lookups.askAll([{ repository: 'a/b' }, { repository: 'a/gated' }]);
  expect(lookups.of('a/b')).toEqual({ kind: 'known', report: REPORT });
  expect(lookups.of('a/gated')).toMatchObject({ error: { code: 'repository-gated' } });
  expect(lookups.trouble).toBeNull();
  await lookups.askAll([{ repository: 'a/b' }, { repository: 'a/gated' }]);
  expect(asked).toEqual(['a/b', 'a/gated', 'a/gated']);
  expect(lookups.of('a/gated')?.kind).toBe('known');
});

test('where the Hub can not be reached nobody asks forty times', async () => {
  let asked = 0;
  const lookups = new Lookups({
    lookUp: () => {
      asked += 1;
      return Promise.reject(new AppError('hub-unreachable'));
    },
  });
  const all = Array.from({ length: 40 }, (_, index) => ({ repository: `a/${index}` }));
  await lookups.askAll(all);
  expect(asked).toBeLessThanOrEqual(3);
  expect(lookups.trouble?.code).toBe('hub-unreachable');
  // Those that were not asked can be asked again.
  expect(lookups.of('a/39')).toBeUndefined();
});

test('answers of another Hub are forgotten, also those still to come', async () => {
  let answer: (report: RepositoryReport) => void = () => undefined;
  const lookups = new Lookups({
    lookUp: (_, signal) =>
      new Promise((resolve, reject) => {
        answer = resolve;
        signal?.addEventListener('abort', () => reject(new AppError('aborted')));
      }),
  });
  const asking = lookups.ask({ repository: 'a/b' });
  await Promise.resolve();
  lookups.clear();
  answer(REPORT);
  await asking;
  expect(lookups.of('a/b')).toBeUndefined();
});
