import type { BackgroundKind, Colour } from './vocabulary.ts';

/** Things of which one is said without an article: plural words and substances. */
const BARE = new Set([
  'grapes', 'cherries', 'french fries', 'glasses', 'sunglasses', 'jeans', 'headphones', 'scissors',
]); // prettier-ignore
const SUBSTANCES = new Set(['bread', 'popcorn', 'broccoli', 'cheese']);
const SAME_PLURAL = new Set(['sheep', 'fish', 'tropical fish', 'deer', 'shrimp', 'broccoli', 'popcorn', 'dice']);
const IRREGULAR: Readonly<Record<string, string>> = {
  mouse: 'mice',
  wolf: 'wolves',
  snowman: 'snowmen',
  'ferris wheel': 'Ferris wheels',
  'christmas tree': 'Christmas trees',
  'stack of books': 'stacks of books',
  'cup of coffee': 'cups of coffee',
  'bow and arrow': 'bows and arrows',
  'maple leaf': 'maple leaves',
};
const CAPITALS: Readonly<Record<string, string>> = {
  'christmas tree': 'Christmas tree',
  'ferris wheel': 'Ferris wheel',
  'french fries': 'French fries',
};
export const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five'] as const;

/** The name as it is written in a sentence. */
export function written(name: string): string {
  return CAPITALS[name] ?? name;
}

export function plural(name: string): string {
  if (BARE.has(name) || SAME_PLURAL.has(name)) return written(name);
  const irregular = IRREGULAR[name];
  if (irregular !== undefined) return irregular;
  if (/(s|x|z|ch|sh)$/u.test(name)) return written(`${name}es`);
  if (/[^aeiou]y$/u.test(name)) return written(`${name.slice(0, -1)}ies`);
  if (/(tomato|volcano)$/u.test(name)) return written(`${name}es`);
  return written(`${name}s`);
}

/** Whether one of it takes a plural verb ("The scissors are at the top."). */
export function isPluralWord(name: string): boolean {
  return BARE.has(name);
}

/** "a dog", "an owl", "a unicorn", "bread". */
export function withArticle(name: string, adjective = ''): string {
  const phrase = adjective === '' ? written(name) : `${adjective} ${written(name)}`;
  if (BARE.has(name) || SUBSTANCES.has(name)) return phrase;
  return `${article(phrase)} ${phrase}`;
}

export function article(phrase: string): string {
  if (/^(uni|eu|one|ukulele|use)/iu.test(phrase)) return 'a';
  return /^[aeiou]|^hour/iu.test(phrase) ? 'an' : 'a';
}

/** "two cats", "a dog". */
export function counted(name: string, count: number, adjective = ''): string {
  return count === 1 ? withArticle(name, adjective) : `${NUMBERS[count] ?? String(count)} ${plural(name)}`;
}

/** "two cats", "one dog", "bread". */
export function numbered(name: string, count: number): string {
  if (count === 1 && (BARE.has(name) || SUBSTANCES.has(name))) return written(name);
  return `${NUMBERS[count] ?? String(count)} ${count === 1 ? written(name) : plural(name)}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a plain blue background". */
export function backgroundPhrase(kind: BackgroundKind, colour: Colour): string {
  const phrase = kind === 'gradient' ? `${colour} gradient background` : `${kind} ${colour} background`;
  return `${article(phrase)} ${phrase}`;
}
