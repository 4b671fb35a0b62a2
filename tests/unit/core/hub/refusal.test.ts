import { describe, expect, test } from 'vitest';
import { pauseMs, PATIENCE, retryAfterMs } from '../../../../src/core/hub/back-off';
import { judgeRefusal, type Refusal } from '../../../../src/core/hub/refusal';

const plain: Refusal = {
  status: 404,
  code: null,
  message: null,
  hasToken: false,
  isRedirected: false,
  about: 'file',
};

describe('judgeRefusal', () => {
  test.each<[string, Partial<Refusal>, string, string]>([
    ['a file that is not there', { status: 404, code: 'EntryNotFound' }, 'weights-missing', 'no'],
    ['a bare 404 for a file', { status: 404 }, 'weights-missing', 'no'],
    ['a bare 404 for a repository', { about: 'repository' }, 'repository-not-found', 'no'],
    ['no such repository', { code: 'RepoNotFound' }, 'repository-not-found', 'no'],
    ['no such revision', { code: 'RevisionNotFound' }, 'revision-not-found', 'no'],
    ['401 without a token', { status: 401 }, 'repository-not-found', 'no'],
    ['401 with one', { status: 401, hasToken: true }, 'token-refused', 'no'],
    ['gated, nobody asks', { status: 401, code: 'GatedRepo' }, 'repository-gated', 'no'],
    ['gated, not let in', { status: 403, code: 'GatedRepo', hasToken: true }, 'repository-gated', 'no'],
    [
      'a token that is too narrow',
      { status: 403, hasToken: true, message: 'enable … in your fine-grained token settings' },
      'token-too-narrow',
      'no',
    ],
    ['a closed repository', { status: 403 }, 'repository-disabled', 'no'],
    ['too many requests', { status: 429 }, 'rate-limited', 'later'],
    ['trouble of the Hub', { status: 503 }, 'hub-failing', 'later'],
    ['trouble of the CDN', { status: 500, isRedirected: true }, 'hub-failing', 'later'],
    ['an address that has expired', { status: 403, isRedirected: true }, 'network', 'at-once'],
    ['a range that is not there', { status: 416 }, 'weights-corrupt', 'no'],
    ['a teapot', { status: 418 }, 'hub-unreadable', 'no'],
  ])('%s', (_, part, code, retry) => {
    const judged = judgeRefusal({ ...plain, ...part });
    expect([judged.error.code, judged.retry]).toEqual([code, retry]);
  }); // prettier-ignore

  test('the detail says what was answered', () => {
    const { error } = judgeRefusal({ ...plain, code: 'EntryNotFound', message: 'Entry not found' });
    expect(error.detail).toBe('404 EntryNotFound Entry not found');
  });
});

describe('pauseMs', () => {
  test('grows, and ends', () => {
    const pauses = [1, 2, 3, 4, 5, 6].map((failed) =>
      pauseMs(PATIENCE, failed, { code: 'network' }),
    );
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, undefined]);
  });

  test('a limit of five minutes is waited out', () => {
    let sum = 0;
    for (let failed = 1; ; failed += 1) {
      const pause = pauseMs(PATIENCE, failed, { code: 'rate-limited' }, 0);
      if (pause === undefined) break;
      sum += pause;
    }
    expect(sum).toBeGreaterThan(240_000);
  });

  test('what the server asks for counts, up to five minutes', () => {
    expect(pauseMs(PATIENCE, 1, { code: 'network', askedMs: 7000 })).toBe(7000);
    expect(pauseMs(PATIENCE, 1, { code: 'network', askedMs: 10 })).toBe(1000);
    expect(pauseMs(PATIENCE, 1, { code: 'network', askedMs: 1e9 })).toBe(300_000);
  });
});

test.each([
  ['3', 3000],
  ['Thu, 01 Jan 1970 00:00:09 GMT', 8000],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After: %s', (header, ms) => {
  expect(retryAfterMs(header, 1000)).toBe(ms);
});
