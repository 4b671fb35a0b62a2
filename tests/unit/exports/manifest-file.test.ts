import { expect, test } from 'vitest';
import { toManifest } from '../../../src/core/manifest';
import { fromManifestFile } from '../../../src/exports/manifest-file';
import { run as runOf } from '../engine/runner/fake-ports';

const MANIFEST = toManifest(runOf());
const file = (value: unknown) =>
  new Blob([typeof value === 'string' ? value : JSON.stringify(value)]);

test('what was written is read as it was', async () => {
  expect(await fromManifestFile(file(MANIFEST))).toEqual(MANIFEST);
});

test('by what models counted is in it, within bounds', async () => {
  const said = { certain: 1.25, hedged: 0.1, rival: -0.7, silent: -0.4 };
  const check = { yes: 0.4, no: 0.4, bias: 0, assured: { no: 0, bias: 0 } };
  const calibrations = { 'somebody/model': { object: { said, checked: { said, check } } } };
  const calibrated = [{ name: 'a1'.repeat(8), calibrations, at: 5 }];
  const manifest = toManifest(runOf({ calibrated }));
  expect(manifest.calibrated).toEqual(calibrated);
  expect(await fromManifestFile(file(manifest))).toEqual(manifest);
  const { calibrated: none, ...older } = MANIFEST;
  expect(none).toEqual([]);
  expect((await fromManifestFile(file(older))).calibrated).toEqual([]);
  for (const certain of [1e9, '1', null]) {
    const wrong = { m: { object: { said: { ...said, certain } } } };
    const bad = { ...manifest, calibrated: [{ ...calibrated[0], calibrations: wrong }] };
    await expect(fromManifestFile(file(bad))).rejects.toThrow(/its part “calibrated/u);
  }
  const named = { ...manifest, calibrated: [{ ...calibrated[0], name: 'a|b' }] };
  await expect(fromManifestFile(file(named))).rejects.toThrow(/its part “calibrated/u);
});

test('one of 0.2, without a choice of precision, is read as one that left it to the app', async () => {
  const { precisionChoice, ...older } = MANIFEST;
  expect(precisionChoice).toBe('auto');
  expect((await fromManifestFile(file(older))).precisionChoice).toBe('auto');
  const chosen = { ...MANIFEST, precisionChoice: 'q4f16' };
  expect((await fromManifestFile(file(chosen))).precisionChoice).toBe('q4f16');
});

test.each([
  ['text', 'no json', /no JSON, or a damaged file/u],
  ['other JSON', { a: 1 }, /no manifest of a run/u],
  ['null', 'null', /no manifest of a run/u],
  ['a newer one', { ...MANIFEST, version: 2 }, /newer version/u],
  [
    'one with an unknown precision',
    { ...MANIFEST, precisionChoice: 'q3' },
    /its part “precisionChoice”/u,
  ],
  ['one without models', { ...MANIFEST, models: undefined }, /its part “models” is missing/u],
  ['one without a prompt', { ...MANIFEST, prompts: [] }, /its part “prompts”/u],
  [
    'one with a wrong setting',
    { ...MANIFEST, decode: { ...MANIFEST.decode, maxNewTokens: 'many' } },
    /its part “decode.maxNewTokens”/u,
  ],
  [
    'one with endless texts',
    { ...MANIFEST, decode: { ...MANIFEST.decode, maxNewTokens: 1e9 } },
    /its part “decode”/u,
  ],
])('%s is refused with its reason', async (_, value, reason) => {
  await expect(fromManifestFile(file(value))).rejects.toThrow(reason);
});
