import { describe, expect, test } from 'vitest';
import { modelRepository, parseRepository } from '../../../../src/core/hub/repository';

const MIRROR = 'https://mirror.example/hub';

describe('parseRepository', () => {
  test.each([
    ['owner/name', 'owner/name'],
    ['  owner/name/ ', 'owner/name'],
    ['gpt2', 'gpt2'],
    ['HuggingFaceTB/SmolVLM-256M-Instruct', 'HuggingFaceTB/SmolVLM-256M-Instruct'],
    ['https://huggingface.co/owner/name', 'owner/name'],
    ['http://www.huggingface.co/owner/name?library=transformers.js', 'owner/name'],
    ['huggingface.co/owner/name#usage', 'owner/name'],
    ['hf.co/owner/na.me', 'owner/na.me'],
    ['https://huggingface.co/api/models/owner/name', 'owner/name'],
    ['https://huggingface.co/owner/name/discussions/3', 'owner/name'],
    ['https://mirror.example/hub/owner/name', 'owner/name'],
    ['mirror.example/hub/owner/name', 'owner/name'],
    ['hf://owner/name/onnx/model.onnx', 'owner/name'],
  ])('%s is the model %s', (text, id) => {
    expect(parseRepository(text, MIRROR)).toEqual({ kind: 'model', id });
  });

  test.each([
    ['owner/name@v1.0', 'v1.0'],
    ['https://huggingface.co/owner/name/tree/main/onnx', 'main'],
    ['https://hf.co/owner/name/tree/refs%2Fpr%2F3', 'refs/pr/3'],
    ['https://hf.co/owner/name/tree/refs/pr/3/onnx', 'refs/pr/3'],
    ['https://huggingface.co/owner/name/blob/abc123/config.json', 'abc123'],
    ['https://huggingface.co/owner/name/resolve/main/config.json?download=true', 'main'],
    ['hf://owner/name@dev/config.json', 'dev'],
  ])('%s is at %s', (text, revision) => {
    expect(parseRepository(text)).toEqual({ kind: 'model', id: 'owner/name', revision });
  });

  test.each([
    ['datasets/owner/name', 'dataset'],
    ['https://huggingface.co/datasets/owner/name/viewer/default/train?p=2', 'dataset'],
    ['hf://datasets/owner/name@main/x.parquet', 'dataset'],
    ['https://hf.co/spaces/owner/name', 'space'],
    ['https://huggingface.co/api/datasets/owner/name', 'dataset'],
  ])('%s is a %s', (text, kind) => {
    expect(parseRepository(text)).toMatchObject({
      kind,
      id: expect.stringMatching(/^owner\/name/u) as string,
    });
  });

  test.each([
    '', '/', 'a model', 'owner/na me', '../etc', 'owner/..', 'owner/-x', 'a--b/c', 'owner/name.git',
    'https://example.org/owner/name', 'https://huggingface.co', 'https://huggingface.co/docs/hub',
    'https://huggingface.co/settings/tokens', 'hf.co/models', 'owner/<script>', 'ftp://huggingface.co/a/b',
    'https://huggingface.co/owner/name/tree/%E0%A4%A', `owner/${'x'.repeat(97)}`,
  ])('“%s” is none', (text) => {
    expect(parseRepository(text)).toEqual({ kind: 'unreadable' });
  }); // prettier-ignore
});

describe('modelRepository', () => {
  test('says what else it is', () => {
    expect(() => modelRepository('hf.co/spaces/a/b')).toThrow('repository-not-a-model: space a/b');
    expect(() => modelRepository('what?')).toThrow('repository-name-unreadable: what?');
    expect(modelRepository('a/b').id).toBe('a/b');
  });
});
