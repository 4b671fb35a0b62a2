import { describe, expect, test } from 'vitest';
import { readInfo, readJson, readTreePage, readWhoAmI } from '../../../../src/core/hub/answers';
import { fileUrl, nextCursor, treeUrl } from '../../../../src/core/hub/urls';

const GIT = 'a'.repeat(40);
const SHA256 = 'b'.repeat(64);

describe('readTreePage', () => {
  test('a file of LFS is known by its SHA-256, one of git by its id; folders are passed over', () => {
    const page = [
      { type: 'directory', oid: GIT, size: 0, path: 'onnx' },
      { type: 'file', oid: GIT, size: 12, path: 'config.json' },
      {
        type: 'file',
        oid: GIT,
        size: 99,
        lfs: { oid: SHA256, size: 99, pointerSize: 132 },
        xetHash: 'x',
        path: 'onnx/model.onnx',
      },
    ];
    expect(readTreePage(page)).toEqual([
      { path: 'config.json', bytes: 12, gitOid: GIT },
      { path: 'onnx/model.onnx', bytes: 99, sha256: SHA256 },
    ]);
  });

  test.each([
    ['an object', { error: 'x' }],
    ['a size below zero', [{ type: 'file', oid: GIT, size: -1, path: 'a' }]],
    ['an id that is none', [{ type: 'file', oid: '../..', size: 1, path: 'a' }]],
    ['no path', [{ type: 'file', oid: GIT, size: 1, path: '' }]],
    ['a text', '<!doctype html>'],
  ])('%s is no list of files', (_, value) => {
    expect(() => readTreePage(value)).toThrow('hub-unreadable');
  });
});

describe('readInfo', () => {
  test('what may be missing is', () => {
    expect(readInfo({ id: 'a/b', sha: GIT })).toEqual({
      repository: 'a/b',
      commit: GIT,
      licence: null,
      gated: false,
      isPrivate: false,
      tags: [],
    });
  });

  test.each([
    [{ cardData: { license: 'mit' } }, { id: 'mit' }],
    [{ tags: ['license:apache-2.0'] }, { id: 'apache-2.0' }],
    [{ cardData: { license: ['mit', 'cc0-1.0'] } }, { id: 'mit' }],
    [
      { cardData: { license: 'other', license_name: 'own', license_link: 'https://x.example/L' } },
      { id: 'other', name: 'own', link: 'https://x.example/L' },
    ],
    [{ cardData: { license: 'other', license_link: 'javascript:1' } }, { id: 'other' }],
    [{ cardData: 'nonsense' }, null],
  ])('the licence of %o', (part, licence) => {
    expect(readInfo({ id: 'a/b', sha: GIT, ...part }).licence).toEqual(licence);
  });

  test('what is closed or has no commit is no repository', () => {
    expect(() => readInfo({ id: 'a/b', sha: GIT, disabled: true })).toThrow('repository-disabled');
    expect(() => readInfo({ id: 'a/b', sha: 'main' })).toThrow('hub-unreadable: repository: sha');
    expect(() => readInfo(null)).toThrow('hub-unreadable');
  });
});

test('a configuration that is a page is no JSON', () => {
  expect(readJson('{"a":1}', 'config.json')).toEqual({ a: 1 });
  expect(() => readJson('<!doctype html>\n<title>Log in', 'config.json')).toThrow(
    'hub-unreadable: config.json is no JSON: <!doctype html> <title>Log in',
  );
});

test('whose token it is', () => {
  const auth = { accessToken: { role: 'fineGrained' } };
  expect(readWhoAmI({ name: 'alice', auth })).toEqual({ name: 'alice', tokenRole: 'fineGrained' });
  expect(readWhoAmI({ name: 'alice', auth: 3 })).toEqual({ name: 'alice' });
  expect(() => readWhoAmI({})).toThrow('hub-unreadable');
});

test('addresses encode what people may put into names', () => {
  expect(fileUrl('https://h', 'a/b', 'refs/pr/1', 'onnx/a b#1?.onnx')).toBe(
    'https://h/a/b/resolve/refs%2Fpr%2F1/onnx/a%20b%231%3F.onnx',
  );
  expect(treeUrl('https://h', 'a/b', 'main', 'x=')).toBe(
    'https://h/api/models/a/b/tree/main?recursive=true&expand=false&cursor=x%3D',
  );
});

test.each([
  ['<https://other.example/api/x?cursor=abc%3D&limit=2>; rel="next"', 'abc='],
  ['</api/x?cursor=1>; rel=next', '1'],
  ['<https://h/x?cursor=1>; rel="prev"', undefined],
  ['<https://h/x>; rel="next"', undefined],
  [null, undefined],
])('of %s only the cursor is taken over', (link, cursor) => {
  expect(nextCursor(link)).toBe(cursor);
});
