import { COLOURS, spelt } from '../words';

/** Shades by the colour that they are counted as. */
const SHADES = `
red: crimson scarlet maroon ruby burgundy
orange: amber
yellow: mustard lemon
green: emerald olive lime mint
blue: navy azure sapphire cobalt indigo denim
purple: violet lavender lilac mauve
turquoise: teal cyan aqua
pink: rose fuchsia magenta
brown: chestnut tan bronze-colored
beige: cream ivory khaki
grey: silver charcoal
gold: golden
blond: blonde
`;

/** Words for one quality; a thing has one of each line, and the first word of a group stands for its group. */
const QUALITIES: readonly (readonly string[])[] = [
  ['small,tiny,little,miniature,petite', 'large,big,huge,massive,enormous,gigantic,giant'],
  ['young,youthful', 'old,elderly,aged'],
  ['long', 'short,cropped'],
  ['tall', 'short'],
  ['open,opened', 'closed,shut'],
  ['full,filled', 'empty,vacant'],
  ['wet,soaked,damp', 'dry'],
  ['curly', 'straight', 'wavy'],
  ['clean', 'dirty,muddy'],
  ['round,circular', 'square', 'rectangular', 'oval', 'triangular', 'octagonal'],
  ['striped,stripy', 'plain', 'checkered,plaid,chequered', 'floral', 'polka-dot,dotted,spotted'],
  [
    'wooden,wood',
    'metal,metallic,steel,iron',
    'plastic',
    'brick',
    'stone',
    'leather',
    'ceramic,porcelain',
    'marble',
    'bronze',
    'concrete',
    'paper',
    'straw',
    'cardboard',
    'wicker',
  ],
  ['awake', 'asleep,sleeping'],
  ['vintage,antique', 'modern,contemporary'],
];

/** "made of glass", but "a glass door" may be a door of glass or one for glasses. */
const MADE_OF = new Set(['glass', 'cotton', 'wool', 'silk', 'gold', 'silver']);

const colours = new Map<string, string>();
for (const colour of [...COLOURS]) colours.set(colour, colour);
for (const line of SHADES.trim().split('\n')) {
  const [colour = '', shades = ''] = line.split(': ');
  for (const shade of [colour, ...shades.split(' ')]) colours.set(shade, colour);
}

const qualities = new Map<string, string>();
const rivals = new Map<string, Set<string>>();
for (const line of QUALITIES) {
  const firsts = line.map((group) => group.split(',')[0] ?? '');
  for (const [at, group] of line.entries()) {
    const first = firsts[at] ?? '';
    for (const word of group.split(',')) qualities.set(word, first);
    const others = firsts.filter((other) => other !== first);
    rivals.set(first, new Set([...(rivals.get(first) ?? []), ...others]));
  }
}

/** The colour, size, age, material … that a word tells, undefined for words that tell none. */
export function attributeOf(written: string): string | undefined {
  const word = spelt(written.replace(/-?colou?red$/u, ''));
  const colour = colours.get(word) ?? colours.get(word.split('-').at(-1) ?? '');
  return colour ?? qualities.get(written) ?? qualities.get(word);
}

export function isColour(value: string): boolean {
  return colours.get(value) === value;
}

/** The material in "made of glass". */
export function materialOf(word: string): string | undefined {
  return MADE_OF.has(word) ? word : attributeOf(word);
}

/** Whether one thing can't have both: two sizes, two materials. Of colours a thing can have two. */
export function excludes(one: string, other: string): boolean {
  return rivals.get(one)?.has(other) === true;
}
