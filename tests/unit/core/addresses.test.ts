import { describe, expect, test } from 'vitest';
import { addressesIn, isInsecureFor, nameOfAddress } from '../../../src/core/addresses';

describe('addressesIn', () => {
  test.each<[string, readonly string[]]>([
    ['https://x.example/a.png', ['https://x.example/a.png']],
    [' https://x.example/a b.png ', []],
    [
      'https://x.example/a\r\n\nhttp://y.example/b\nhttps://x.example/a\n',
      ['https://x.example/a', 'http://y.example/b'],
    ],
    ['data:image/png;base64,AAAA', ['data:image/png;base64,AAAA']],
    ['data:text/html,x', []],
    ['look at https://x.example/a.png', []],
    ['https://x.example/a.png\nand more', []],
    ['https://', []],
    ['javascript:alert(1)', []],
    ['file:///etc/passwd', []],
    ['', []],
  ])('%j', (text, addresses) => {
    expect(addressesIn(text)).toEqual(addresses);
  });

  test('a book of addresses is a text', () => {
    const lines = Array.from({ length: 1001 }, (_, index) => `https://x.example/${String(index)}`);
    expect(addressesIn(lines.join('\n'))).toEqual([]);
    expect(addressesIn(lines.slice(1).join('\n'))).toHaveLength(1000);
  });
});

test.each([
  ['https://x.example/one/a%20cat.png?size=2#x', 'a cat.png'],
  ['https://x.example/%E0%A4%A', '%E0%A4%A'],
  ['https://x.example/', 'x.example'],
  ['data:image/JPEG;base64,AAAA', 'picture.jpeg'],
])('%s is called %s', (address, name) => {
  expect(nameOfAddress(address)).toBe(name);
});

test.each([
  ['https:', 'http://x.example/a', true],
  ['https:', 'https://x.example/a', false],
  ['https:', 'http://localhost:3/a', false],
  ['https:', 'http://127.0.0.1/a', false],
  ['http:', 'http://x.example/a', false],
])('a page over %s may not read %s: %s', (protocol, address, isInsecure) => {
  expect(isInsecureFor(protocol, address)).toBe(isInsecure);
});
