import { describe, expect, test } from 'vitest';
import { cellKey, questionKey, type CellIdentity } from '../../../src/core/cell';
import { decodeKey, withPenalty } from '../../../src/core/decode';
import { toManifest } from '../../../src/core/manifest';
import { cellsOf, type Run } from '../../../src/core/run';
import { verdictKey } from '../../../src/core/verdict';
import { image, run } from './fake-run';

const IDENTITY: CellIdentity = {
  imageSha256: 'image',
  modelId: 'org/model',
  revision: 'r1',
  precision: 'q8',
  promptHash: 'hash',
  decode: { maxNewTokens: 160, sampling: { kind: 'greedy' } },
};

const keyOf = (identity: CellIdentity) => cellKey(identity.imageSha256, questionKey(identity));

describe('cellKey', () => {
  test('is what the journal of released versions was written with', () => {
    expect(keyOf(IDENTITY)).toBe('cell|image|org/model|r1|q8|hash|160-greedy');
  });

  test.each<[string, Partial<CellIdentity>]>([
    ['image', { imageSha256: 'other' }],
    ['model', { modelId: 'org/other' }],
    ['revision', { revision: 'r2' }],
    ['precision', { precision: 'fp32' }],
    ['prompt', { promptHash: 'other' }],
    ['token limit', { decode: { maxNewTokens: 8, sampling: { kind: 'greedy' } } }],
  ])('another %s is another cell', (_, change) => {
    expect(keyOf({ ...IDENTITY, ...change })).not.toBe(keyOf(IDENTITY));
  });

  test('does not depend on the order in which the fields were written', () => {
    const reversed = Object.fromEntries(Object.entries(IDENTITY).reverse());
    expect(keyOf(reversed as unknown as CellIdentity)).toBe(keyOf(IDENTITY));
  });

  test('decodeKey says limit and sampling', () => {
    expect(decodeKey({ maxNewTokens: 32, sampling: { kind: 'greedy' } })).toBe('32-greedy');
  });

  test('decodeKey says a penalty and a limit for pictures where there is one', () => {
    const decode = { maxNewTokens: 32, sampling: { kind: 'greedy' } } as const;
    expect(decodeKey({ ...decode, repetitionPenalty: 1.2, maxImagePixels: 200_704 })).toBe(
      '32-greedy-penalty-1.2-pixels-200704',
    );
    expect(decodeKey(withPenalty(decode))).toBe('32-greedy-penalty-1.3');
    expect(withPenalty({ ...decode, repetitionPenalty: 1.6 }).repetitionPenalty).toBe(1.6);
  });
});

describe('cellsOf', () => {
  test('goes through the first image before the second, each with every model and prompt', async () => {
    const cells = await cellsOf(run());
    expect(
      cells.map(({ imageId, modelId, promptId }) => `${imageId} ${modelId} ${promptId}`),
    ).toEqual([
      'id-a one p',
      'id-a one q',
      'id-a two p',
      'id-a two q',
      'id-b one p',
      'id-b one q',
      'id-b two p',
      'id-b two q',
    ]);
  });

  test('gives each cell a key of its own, made from its identity', async () => {
    const cells = await cellsOf(run());
    expect(new Set(cells.map(({ key }) => key)).size).toBe(8);
    expect(cells.every(({ key, identity }) => key === keyOf(identity))).toBe(true);
    expect(cells[0]!.identity).toMatchObject({ imageSha256: 'sha-a', modelId: 'one' });
  });

  test('a prompt with another text makes another key, another title does not', async () => {
    const keys = async (change: Partial<Run['prompts'][number]>) => {
      const changed = run({ prompts: run().prompts.map((prompt) => ({ ...prompt, ...change })) });
      return (await cellsOf(changed)).map(({ key }) => key);
    };
    const before = await keys({});
    expect(await keys({ title: 'Other', rationale: 'x' })).toEqual(before);
    expect(await keys({ text: 'Other?' })).not.toEqual(before);
  });

  test('the same bytes under another name are the same cell', async () => {
    const renamed = run({ images: [{ ...image('a'), id: 'other', name: 'b.png' }] });
    const [cell] = await cellsOf(run());
    expect((await cellsOf(renamed))[0]!.key).toBe(cell!.key);
  });

  test.each<[string, Partial<Run>]>([
    ['images', { images: [] }],
    ['models', { models: [] }],
    ['prompts', { prompts: [] }],
  ])('a run without %s has no cells', async (_, none) => {
    expect(await cellsOf(run(none))).toEqual([]);
  });
});

describe('verdictKey', () => {
  const judge = { id: 'judge', revision: 'r', precision: 'q8' };

  test('does not depend on the order of the cells, and leaves them as they were', async () => {
    const cells = ['z', 'a', 'm'];
    const key = await verdictKey('image', judge, 'fuse', cells);
    expect(await verdictKey('image', judge, 'fuse', ['a', 'm', 'z'])).toBe(key);
    expect(cells).toEqual(['z', 'a', 'm']);
  });

  test.each([
    ['image', 'other', judge, ['a', 'b']],
    ['judge', 'image', { ...judge, id: 'other' }, ['a', 'b']],
    ['revision', 'image', { ...judge, revision: 's' }, ['a', 'b']],
    ['precision', 'image', { ...judge, precision: 'fp32' }, ['a', 'b']],
    ['set of cells', 'image', judge, ['a', 'b', 'c']],
    ['cut between cells', 'image', judge, ['ab', '']],
  ])('another %s is another verdict', async (_, sha256, other, cells) => {
    expect(await verdictKey(sha256, other, 'fuse', cells)).not.toBe(
      await verdictKey('image', judge, 'fuse', ['a', 'b']),
    );
  });

  test('another mode is another verdict', async () => {
    expect(await verdictKey('image', judge, 'verify', [])).not.toBe(
      await verdictKey('image', judge, 'fuse', []),
    );
  });

  test('is no cell’s key', async () => {
    expect(await verdictKey('image', judge, 'fuse', [])).toMatch(
      /^verdict\|image\|judge\|r\|q8\|\d+\|/u,
    );
  });
});

describe('toManifest', () => {
  test('names the images by hash and says all that a repetition needs', () => {
    const { models, judge, judgeMode, prompts, decode, device, threads, environment } = run();
    expect(toManifest(run({ createdAt: 86_400_000 }))).toEqual({
      format: 'vlm-image-analysis/run-manifest',
      version: 1,
      name: 'Run',
      createdAt: '1970-01-02T00:00:00.000Z',
      images: [
        { name: 'a', sha256: 'sha-a', bytes: 1 },
        { name: 'b', sha256: 'sha-b', bytes: 1 },
      ],
      models,
      judge,
      judgeMode,
      prompts,
      decode,
      device,
      precisionChoice: 'auto',
      threads,
      environment,
      wishes: { language: 'en', length: 'prompt', mostCharacters: 125 },
      skipDescribed: false,
      again: [],
      judgedAgain: [],
      replanned: [],
      earlierJudges: [],
      calibrated: [],
    });
  });

  test('survives JSON', () => {
    const manifest = toManifest(run());
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });
});
