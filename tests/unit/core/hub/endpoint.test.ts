import { expect, test } from 'vitest';
import { parseEndpoint } from '../../../../src/core/hub/endpoint';

test.each([
  ['https://huggingface.co/', 'https://huggingface.co'],
  ['hf-mirror.com', 'https://hf-mirror.com'],
  [' https://mirror.example/hub// ', 'https://mirror.example/hub'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://localhost:1', 'http://localhost:1'],
])('%s is the endpoint %s', (text, endpoint) => {
  expect(parseEndpoint(text)).toBe(endpoint);
});

test.each([
  '',
  'http://mirror.example',
  'https://user:pass@mirror.example',
  'https://mirror.example/?a=1',
  'https://mirror.example/#a',
  'ftp://mirror.example',
  'javascript:alert(1)',
])('“%s” is none', (text) => {
  expect(parseEndpoint(text)).toBeUndefined();
});
