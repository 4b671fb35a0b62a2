import { describe, expect, test } from 'vitest';
import {
  firstRowOf,
  isDatasetAddress,
  parseDatasetAddress,
  type DatasetAddress,
} from '../../../../src/core/hub/dataset-address';

const MIRROR = 'https://mirror.example/hub';
const HUB = 'https://huggingface.co/datasets';
const dataset = 'OpenGVLab/CRPE';

describe('parseDatasetAddress', () => {
  test.each<[string, Partial<DatasetAddress>]>([
    ['OpenGVLab/CRPE', {}],
    ['  datasets/OpenGVLab/CRPE/ ', {}],
    ['OpenGVLab/CRPE?row=1', { row: 1 }],
    ['OpenGVLab/CRPE@v1.0', { revision: 'v1.0' }],
    [`${HUB}/OpenGVLab/CRPE`, {}],
    ['http://www.huggingface.co/datasets/OpenGVLab/CRPE/', {}],
    ['hf.co/datasets/OpenGVLab/CRPE#readme', {}],
    ['https://hf.co/datasets/OpenGVLab/CRPE', {}],
    ['https://mirror.example/hub/datasets/OpenGVLab/CRPE', {}],
    [`${HUB}/mnist`, { dataset: 'mnist' }],
    [`${HUB}/mnist/viewer`, { dataset: 'mnist' }],
    [`${HUB}/mnist/viewer/mnist/test`, { dataset: 'mnist', config: 'mnist', split: 'test' }],
    [`${HUB}/OpenGVLab/CRPE?row=1`, { row: 1 }],
    [`${HUB}/OpenGVLab/CRPE/viewer`, {}],
    [`${HUB}/OpenGVLab/CRPE/viewer/default`, { config: 'default' }],
    [`${HUB}/OpenGVLab/CRPE/viewer/default/train`, { config: 'default', split: 'train' }],
    [
      `${HUB}/OpenGVLab/CRPE/viewer/default/train?p=2&row=241&views%5B%5D=train&search=a+red%20car`,
      { config: 'default', split: 'train', page: 2, row: 241, search: 'a red car' },
    ],
    [
      `${HUB}/OpenGVLab/CRPE/viewer/my%20config/test%2Fclean?p=3`,
      { config: 'my config', split: 'test/clean', page: 3 },
    ],
    [
      `${HUB}/OpenGVLab/CRPE/embed/viewer/default/train?row=7`,
      { config: 'default', split: 'train', row: 7 },
    ],
    [`${HUB}/OpenGVLab/CRPE/tree/main`, { revision: 'main' }],
    [`${HUB}/OpenGVLab/CRPE/tree/main/abnormal_images`, { revision: 'main', path: 'abnormal_images' }],
    [
      `${HUB}/OpenGVLab/CRPE/tree/refs%2Fconvert%2Fparquet/default/train`,
      { revision: 'refs/convert/parquet', path: 'default/train' },
    ],
    [`${HUB}/OpenGVLab/CRPE/tree/refs/convert/parquet`, { revision: 'refs/convert/parquet' }],
    [`${HUB}/OpenGVLab/CRPE/blob/abc123/a%20b/1.jpg`, { revision: 'abc123', path: 'a b/1.jpg' }],
    [`${HUB}/OpenGVLab/CRPE/raw/main/meta.jsonl`, { revision: 'main', path: 'meta.jsonl' }],
    [`${HUB}/OpenGVLab/CRPE/resolve/main/1.jpg?download=true`, { revision: 'main', path: '1.jpg' }],
    [`${HUB}/OpenGVLab/CRPE/discussions/4`, {}],
    ['https://huggingface.co/api/datasets/OpenGVLab/CRPE/tree/main/x', { revision: 'main', path: 'x' }],
    ['https://huggingface.co/api/datasets/OpenGVLab/CRPE/parquet/default/train', {}],
    ['hf://datasets/OpenGVLab/CRPE', {}],
    ['hf://datasets/OpenGVLab/CRPE/abnormal_images/1.jpg', { path: 'abnormal_images/1.jpg' }],
    ['hf://datasets/OpenGVLab/CRPE@dev/1.jpg', { revision: 'dev', path: '1.jpg' }],
    ['hf://datasets/OpenGVLab/CRPE@refs%2Fpr%2F1/1.jpg', { revision: 'refs/pr/1', path: '1.jpg' }],
  ])('%s', (text, part) => {
    expect(parseDatasetAddress(text, MIRROR)).toEqual({ kind: 'dataset', dataset, ...part });
  }); // prettier-ignore

  test.each([
    ['https://huggingface.co/HuggingFaceTB/SmolVLM-256M-Instruct', 'model', 'HuggingFaceTB/SmolVLM-256M-Instruct'],
    ['https://huggingface.co/gpt2', 'model', 'gpt2'],
    ['hf.co/a/b/tree/main', 'model', 'a/b'],
    ['https://huggingface.co/api/models/a/b', 'model', 'a/b'],
    ['hf://a/b/config.json', 'model', 'a/b'],
    ['https://huggingface.co/spaces/BoltzmannEntropy/vlms', 'space', 'BoltzmannEntropy/vlms'],
    ['spaces/BoltzmannEntropy/vlms', 'space', 'BoltzmannEntropy/vlms'],
  ])('%s is a %s', (text, kind, id) => {
    expect(parseDatasetAddress(text, MIRROR)).toEqual({ kind, id });
  }); // prettier-ignore

  test.each([
    '', '/', 'a picture of a cat', 'owner/na me', 'a/b/c', '../x', 'owner/..', 'https://example.org/datasets/a/b',
    'https://huggingface.co', 'https://huggingface.co/datasets', 'https://huggingface.co/docs/datasets',
    'ftp://huggingface.co/datasets/a/b', 'https://huggingface.co/datasets/<script>/x', 'hf://', 'hf://datasets',
    'https://huggingface.co/settings/tokens', 'file:///etc/passwd',
  ])('“%s” is nothing', (text) => {
    expect(parseDatasetAddress(text, MIRROR)).toEqual({ kind: 'nothing' });
  }); // prettier-ignore

  test('a path never leads out of the repository', () => {
    const pasted = parseDatasetAddress(`hf://datasets/a/b/x/../../y`);
    expect(pasted).toEqual({ kind: 'dataset', dataset: 'a/b' });
  });
});

test('an id alone may be anything, an address is a dataset’s', () => {
  expect(isDatasetAddress('OpenGVLab/CRPE')).toBe(false);
  expect(isDatasetAddress('a cat and/or a dog')).toBe(false);
  expect(isDatasetAddress('https://huggingface.co/a/b')).toBe(false);
  expect(isDatasetAddress('https://example.org/a.png')).toBe(false);
  expect(isDatasetAddress('datasets/OpenGVLab/CRPE')).toBe(true);
  expect(isDatasetAddress('hf.co/datasets/OpenGVLab/CRPE')).toBe(true);
  expect(isDatasetAddress(' https://huggingface.co/datasets/mnist/viewer ')).toBe(true);
  expect(isDatasetAddress('hf://datasets/a/b/1.jpg')).toBe(true);
  expect(isDatasetAddress('https://mirror.example/hub/datasets/a/b', MIRROR)).toBe(true);
});

test('a row counts before a page', () => {
  expect(firstRowOf({})).toBe(0);
  expect(firstRowOf({ page: 2 })).toBe(200);
  expect(firstRowOf({ page: 2, row: 241 })).toBe(241);
});
