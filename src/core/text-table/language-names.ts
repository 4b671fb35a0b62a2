import { LANGUAGES } from '../evidence/languages';

/** What models call a language in the language itself, or with its script. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  deutsch: 'German',
  français: 'French',
  francais: 'French',
  español: 'Spanish',
  espanol: 'Spanish',
  castilian: 'Spanish',
  italiano: 'Italian',
  português: 'Portuguese',
  nederlands: 'Dutch',
  polski: 'Polish',
  türkçe: 'Turkish',
  русский: 'Russian',
  українська: 'Ukrainian',
  العربية: 'Arabic',
  עברית: 'Hebrew',
  中文: 'Chinese',
  汉语: 'Chinese',
  日本語: 'Japanese',
  한국어: 'Korean',
  हिन्दी: 'Hindi',
  हिंदी: 'Hindi',
  ไทย: 'Thai',
  farsi: 'Persian',
  mandarin: 'Chinese',
};

/** Names beside those that the claims know. */
const MORE = new Set(
  'Amharic Azerbaijani Basque Belarusian Burmese Esperanto Galician Gujarati Kannada Kazakh Khmer Lao Lithuanian Macedonian Malayalam Marathi Mongolian Nepali Punjabi Sinhala Tagalog Telugu'.split(
    ' ',
  ),
);

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The English name of a language that is named by its code ("de", "zh-Hans"); empty for what is no code. */
export function nameOfCode(code: string): string {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/iu.test(code)) return '';
  try {
    return names.of(code.split('-')[0]?.toLowerCase() ?? '') ?? '';
  } catch {
    return '';
  }
}

/** The English name of a language as a model writes it ("German (de)", "Deutsch", "zh-CN"); empty where it names none, or several. */
export function languageName(written: string): string {
  const words = written.match(/[\p{L}\p{M}]+(-[\p{L}\d]+)*/gu) ?? [];
  const found = new Set(words.map(nameOfWord).filter((name) => name !== ''));
  if (found.size === 1) return [...found][0] ?? '';
  if (found.size > 1) return '';
  return nameOfCode(written.trim());
}

function nameOfWord(word: string): string {
  const name = word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
  if (LANGUAGES.has(name) || MORE.has(name)) return name;
  return OTHER_NAMES[word.toLowerCase()] ?? '';
}
