import { beforeEach, describe, expect, test } from 'vitest';
import { freshStorage, putRaw } from './fresh';

let settings: typeof import('../../../src/storage/settings');

beforeEach(async () => {
  freshStorage();
  settings = await import('../../../src/storage/settings');
});

describe('settings', () => {
  test('are the defaults on the first visit', async () => {
    expect(await settings.savedSettings()).toEqual(settings.DEFAULT_SETTINGS);
    expect(settings.DEFAULT_SETTINGS).toMatchObject({
      modelIds: null,
      promptIds: ['comprehensive', 'extensive', 'objects'],
      customPrompts: [],
      device: 'auto',
      precision: 'auto',
      threads: 'auto',
      maxNewTokens: 160,
      theme: 'system',
      runId: null,
      welcomed: false,
    });
  });

  test('come back as they were saved', async () => {
    const changed = {
      ...settings.DEFAULT_SETTINGS,
      modelIds: ['a'],
      promptIds: [],
      threads: 2,
      theme: 'dark',
      judgeId: null,
      welcomed: true,
    } as const;
    const value = { ...changed, modelIds: [...changed.modelIds], promptIds: [] };
    await settings.saveSettings(value);
    expect(await settings.savedSettings()).toEqual(value);
  });

  test.each([['rubbish'], [7], [[]], [true]])('that are %o become the defaults', async (value) => {
    await settings.saveSettings(settings.DEFAULT_SETTINGS);
    await putRaw('settings', 'settings', value);
    expect(await settings.savedSettings()).toEqual(settings.DEFAULT_SETTINGS);
  });

  test.each<[string, unknown]>([
    ['modelIds', 'all'],
    ['modelIds', [1]],
    ['promptIds', null],
    ['customPrompts', [{ id: 'x' }]],
    ['judgeId', 5],
    ['device', 'npu'],
    ['precision', 'q3'],
    ['precision', null],
    ['threads', 0],
    ['threads', 1.5],
    ['maxNewTokens', 7],
    ['maxNewTokens', '160'],
    ['theme', 'pink'],
    ['runGoing', 'yes'],
    ['skipDescribed', 1],
    ['wishes', { language: 'xx', length: 'short', mostCharacters: 100 }],
    ['wishes', { language: 'de', length: 'short', mostCharacters: 1 }],
    ['captionFrame', { prefix: 'a' }],
  ])('with a bad %s (%o) lose that field alone', async (field, bad) => {
    await settings.saveSettings(settings.DEFAULT_SETTINGS);
    await putRaw('settings', 'settings', {
      ...settings.DEFAULT_SETTINGS,
      welcomed: true,
      [field]: bad,
    });
    expect(await settings.savedSettings()).toEqual({
      ...settings.DEFAULT_SETTINGS,
      welcomed: true,
    });
  });

  test('of an older version get the defaults of what they lack', async () => {
    await settings.saveSettings(settings.DEFAULT_SETTINGS);
    await putRaw('settings', 'settings', { theme: 'dark', gone: 1 });
    expect(await settings.savedSettings()).toEqual({
      ...settings.DEFAULT_SETTINGS,
      theme: 'dark',
    });
  });
});
