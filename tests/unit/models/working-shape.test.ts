import { describe, expect, test } from 'vitest';
import { workingBytes } from '../../../src/core/working-memory';
import { workingShape } from '../../../src/models/working-shape';

const TEXT = {
  num_hidden_layers: 28,
  num_attention_heads: 12,
  num_key_value_heads: 2,
  hidden_size: 1536,
};

describe('the memory that a model works in, from its config.json', () => {
  test('Qwen2-VL 2B: keys and values of 2 heads of 128 in 28 layers; a picture of 448 x 448 px is 32 x 32 patches', () => {
    const config = {
      ...TEXT,
      vision_config: { num_heads: 16, patch_size: 14, spatial_merge_size: 2 },
    };
    expect(workingShape(config, 'qwen2_vl')).toEqual({
      cachePerToken: 2 * 28 * 2 * 128,
      imageTokens: 256,
      encoderScores: 1024 ** 2,
      imagePixels: 448 * 448,
    });
  });

  test.each(['text_config', 'language_config', 'llm_config', 'phi_config'])(
    'the text’s part may be in %s',
    (name) => {
      const shape = workingShape({ [name]: TEXT }, 'llava');
      expect(shape?.cachePerToken).toBe(2 * 28 * 2 * 128);
    },
  );

  test('heads of their own size; where keys and values have no heads of their own, all heads', () => {
    expect(workingShape({ ...TEXT, head_dim: 256 }, 'llama')?.cachePerToken).toBe(2 * 28 * 2 * 256);
    const all = { ...TEXT, num_key_value_heads: undefined };
    expect(workingShape(all, 'llama')?.cachePerToken).toBe(2 * 28 * 12 * 128);
  });

  test('what only reads has no picture', () => {
    expect(workingShape(TEXT, 'llama')).toMatchObject({ imageTokens: 0, encoderScores: 0 });
  });

  test('large pictures are cut into tiles, unless they are not', () => {
    const config = {
      text_config: TEXT,
      vision_config: { image_size: 512, patch_size: 16, num_attention_heads: 12 },
    };
    const tiled = workingShape(config, 'smolvlm');
    expect(tiled).toMatchObject({ imageTokens: 17 * 1024, encoderScores: 17 * 1024 ** 2 });
    expect(workingShape(config, 'smolvlm', { isTiled: false })).toMatchObject({
      imageTokens: 1024,
    });
    expect(workingShape(TEXT, 'phi3_v')).toMatchObject({ imageTokens: 17 * 576 });
  });

  test('an encoder that takes large pictures in small patches is no reason to warn of', () => {
    const shape = workingShape({ text_config: TEXT, vision_config: { patch_size: 14 } }, 'glm_ocr');
    expect(workingBytes(shape, { maxNewTokens: 160 }, 4)).toBeLessThan(0.6e9);
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'config'],
    ['no layers', { ...TEXT, num_hidden_layers: undefined }],
    ['layers without end', { ...TEXT, num_hidden_layers: 1e9 }],
    ['minus one layer', { ...TEXT, num_hidden_layers: -1 }],
    ['layers in words', { ...TEXT, num_hidden_layers: 'many' }],
  ])('%s: nothing is known', (_, config) => {
    expect(workingShape(config, 'qwen2_vl')).toBeUndefined();
  });

  test('rubbish about the encoder is as if nothing were said of it', () => {
    const config = { ...TEXT, vision_config: { patch_size: 'x', num_heads: -3 } };
    expect(workingShape(config, 'llava')).toEqual(workingShape(TEXT, 'llava'));
  });
});
