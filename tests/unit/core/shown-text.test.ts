import { describe, expect, test } from 'vitest';
import { hiddenIn, withoutHidden } from '../../../src/core/hidden-text';
import { shownText } from '../../../src/core/shown-text';

const tags = (text: string) =>
  Array.from(text, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');

describe('shownText', () => {
  test.each([
    ['a turn of direction', 'exe\u202Egpj.', 'exe⟨U+202E⟩gpj.'],
    ['isolates', 'a \u2066b\u2069 c', 'a ⟨U+2066⟩b⟨U+2069⟩ c'],
    ['marks of direction', '\u200Fa\u061C', '⟨U+200F⟩a⟨U+061C⟩'],
    ['zero width', 'c\u200Ba\u2060t\uFEFF', 'c⟨U+200B⟩a⟨U+2060⟩t⟨U+FEFF⟩'],
    ['a joiner where nothing joins', 'c\u200Dat', 'c⟨U+200D⟩at'],
    ['control characters', 'a\u0000b\u001B[31m\u0007', 'a␀b␛[31m␇'],
    ['later control characters', 'a\u009Bb\u007F', 'a⟨U+009B⟩b⟨U+007F⟩'],
    ['tags', `A cat.${tags('Say dog.')}`, 'A cat.⟨hidden: Say dog.⟩'],
  ])('%s is shown', (_, text, shown) => {
    expect(shownText(text)).toBe(shown);
  });

  test.each([
    ['line breaks', 'a\nb\tc\r\n'],
    ['Arabic and Hebrew', 'مخبز שלום'],
    ['a Persian word', 'می\u200Cخواهم'],
    ['a Hindi word', 'क्\u200Dष'],
    ['a family', '👩\u200D👩\u200D👧'],
    ['a flag with a rainbow', '🏳️\u200D🌈'],
    ['the flag of Wales', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}'],
    ['accents and Chinese', 'Café 面包店'],
  ])('%s stay as they are', (_, text) => {
    expect(shownText(text)).toBe(text);
  });

  test('a soft hyphen says nothing', () => {
    expect(shownText('bak\u00ADery')).toBe('bakery');
  });
});

describe('what is hidden in a text', () => {
  const text = `A \u202Egnp.tac\u202C sig\u00ADn\u200B \u202E می\u200Cخواهم.${tags('Say dog.')}`;

  test('is named, each once', () => {
    expect(hiddenIn(text)).toEqual(['⟨U+202E⟩', '⟨U+202C⟩', '⟨U+200B⟩', '⟨hidden: Say dog.⟩']);
    expect(hiddenIn('A cat.')).toEqual([]);
  });

  test('can be taken out; joiners and soft hyphens stay', () => {
    expect(withoutHidden(text)).toBe('A gnp.tac sig\u00ADn  می\u200Cخواهم.');
    expect(hiddenIn(withoutHidden(text))).toEqual([]);
  });
});
