import { describe, expect, test } from 'vitest';
import { textTable, type TextAnswer } from '../../../../src/core/text-table/table';

const read = (modelId: string, text: string): TextAnswer => ({
  modelId,
  prompt: { id: 'read-text', expects: 'text-table' },
  text,
});
const table = (...rows: readonly (readonly string[])[]): string =>
  [
    '| Original | English | Language |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
const originals = async (...answers: readonly TextAnswer[]) =>
  (await textTable(answers)).map(({ original }) => original);

describe('lines of several models', () => {
  test('are aligned, also where one model leaves one out and another one has more', async () => {
    const rows = await textTable([
      read('a', table(['Ausgang', 'Exit', 'German'], ['Gleis 7', 'Platform 7', 'German'])),
      read(
        'b',
        '{"original":"Gleis 7","english":"Track 7","language":"de"}\n{"original":"Bitte zurücktreten","english":"Step back","language":"de"}',
      ),
      read('c', 'AUSGANG\nGLEIS 7\nBITTE ZURÜCKTRETEN'),
    ]);
    expect(rows.map(({ original, english, modelIds }) => [original, english, modelIds])).toEqual([
      ['Ausgang', 'Exit', ['a', 'c']],
      ['Gleis 7', 'Platform 7', ['a', 'b', 'c']],
      ['Bitte zurücktreten', 'Step back', ['b', 'c']],
    ]);
    expect(rows[1]).toMatchObject({ readers: 3, others: [{ text: 'GLEIS 7', modelIds: ['c'] }] });
  });

  test('are voted on letter by letter, with the letters of every script', async () => {
    expect(
      await originals(
        read('a', 'Bäckerei Müler'),
        read('b', 'Bäckerei Müller'),
        read('c', 'Backerei Müller'),
      ),
    ).toEqual(['Bäckerei Müller']);
    expect(
      await originals(read('a', '本日定休曰'), read('b', '本日定体日'), read('c', '木日定休日')),
    ).toEqual(['本日定休日']);
    expect(
      await originals(read('a', 'धूम्रपान निषेध'), read('b', 'धूम्रपान निषेघ'), read('c', 'धुम्रपान निषेध')),
    ).toEqual(['धूम्रपान निषेध']);
  });

  test('of two models the one with the accents stands, and what the other one read beside it', async () => {
    const [row] = await textTable([read('a', 'Backerei'), read('b', 'Bäckerei')]);
    expect(row).toMatchObject({
      original: 'Bäckerei',
      modelIds: ['a', 'b'],
      others: [{ text: 'Backerei', modelIds: ['a'] }],
    });
    expect(row?.agreement).toBeCloseTo((1 + 7 / 8) / 2);
  });

  test('that one model breaks and another one does not are one', async () => {
    const whole = read('a', table(['Bitte nicht stören', 'Please do not disturb', 'German']));
    const broken = read('b', 'Bitte\nnicht stören');
    for (const answers of [
      [whole, broken],
      [broken, whole],
    ] as const)
      expect(await textTable(answers)).toMatchObject([
        {
          english: 'Please do not disturb',
          modelIds: expect.arrayContaining(['a', 'b']) as string[],
        },
      ]);
  });

  test('stay two where two models read them twice, and are one where one repeats itself', async () => {
    const sale = read('a', 'SALE\nMode Weber\nSALE');
    expect(await originals(sale, read('b', 'SALE\nMode Weber\nSALE'))).toEqual([
      'SALE',
      'Mode Weber',
      'SALE',
    ]);
    expect(await originals(sale, read('b', 'SALE\nMode Weber'))).toEqual(['SALE', 'Mode Weber']);
  });

  test('that differ in a number are not one', async () => {
    expect(await originals(read('a', 'A3\nA8'), read('b', 'A3\nA8'))).toEqual(['A3', 'A8']);
  });
});

describe('one model', () => {
  test('is one voice, however often it was asked', async () => {
    const rows = await textTable([
      {
        modelId: 'a',
        prompt: { id: 'extensive', expects: 'prose' },
        text: 'There is a sign. It says "zu verkaufen".',
      },
      read(
        'a',
        'The sign says "zu verkaufen". The language is German. In English it means "for sale".',
      ),
    ]);
    expect(rows).toEqual([
      {
        original: 'zu verkaufen',
        english: 'for sale',
        language: 'German',
        modelIds: ['a'],
        agreement: 1,
        readers: 1,
        others: [],
      },
    ]);
  });

  test('that goes in circles costs no more than it says', async () => {
    const words = Array.from({ length: 20_000 }, (_, at) => `word ${String(at)}`).join('\n');
    const rows = await textTable([read('a', words), read('b', words), read('c', words)]);
    expect(rows.length).toBeLessThanOrEqual(80);
  });
});

describe('language and meaning', () => {
  test('are what most models say, and blank where none says a meaning', async () => {
    const rows = await textTable([
      read('a', table(['Te koop', 'For sale', 'Dutch'])),
      read('b', table(['Te koop', 'To buy', 'Afrikaans'])),
      read('c', table(['Te koop', 'for sale', 'nl'])),
    ]);
    expect(rows).toMatchObject([{ english: 'For sale', language: 'Dutch' }]);
    expect(rows[0]?.isLanguageDetected).toBeUndefined();
    expect(await textTable([read('a', 'Te koop')])).toMatchObject([{ english: '' }]);
  });

  test.each([
    ['Rauchen verboten', 'German'],
    ['Défense de fumer', 'French'],
    ['Salida de emergencia', 'Spanish'],
    ['FOR SALE', 'English'],
    ['Wyjście ewakuacyjne', 'Polish'],
    ['Выход', 'Russian'],
    ['Вихід', 'Ukrainian'],
    ['Απαγορεύεται το κάπνισμα', 'Greek'],
    ['ممنوع التدخين', 'Arabic'],
    ['سیگار کشیدن ممنوع است، چای', 'Persian'],
    ['אין כניסה', 'Hebrew'],
    ['禁止吸烟', 'Chinese'],
    ['いらっしゃいませ', 'Japanese'],
    ['비상구', 'Korean'],
    ['ห้ามสูบบุหรี่', 'Thai'],
    ['A3', ''],
    ['2,50 €', ''],
  ])('of %s is told by the words: %s', async (text, language) => {
    expect(await textTable([read('a', text)])).toMatchObject([
      { language, ...(language === '' ? {} : { isLanguageDetected: true }) },
    ]);
  });

  test('of kanji beside kana is Japanese', async () => {
    const rows = await textTable([read('a', '非常口\nこちらです')]);
    expect(rows.map(({ language }) => language)).toEqual(['Japanese', 'Japanese']);
  });
});

test('what turns the direction of text, or is no text, is not in the table', async () => {
  expect(await originals(read('a', '\u202Egnp.exe\u202C\n\u0007مخرج\u200F'))).toEqual([
    'gnp.exe',
    'مخرج',
  ]);
  expect(await textTable([read('a', 'N/A'), read('b', 'There is no text in the image.')])).toEqual(
    [],
  );
});
