/** Word lists of the claim extractor. Small on purpose: the grammar does the rest. */

export const COLOURS = new Set(
  'red orange yellow green blue purple violet pink brown black white grey gold silver beige turquoise cyan magenta'.split(
    ' ',
  ),
);

/** Colours that are also the name of a thing. */
export const COLOURED_THINGS = new Set(['orange', 'violet', 'gold', 'silver', 'turquoise']);

export const BACKGROUND_KINDS = new Set(['plain', 'gradient', 'striped', 'speckled', 'noisy']);

export const SIZES = new Set(['small', 'large']);

/** Spellings that are folded into one before anything is compared. */
const SPELLINGS: Readonly<Record<string, string>> = {
  gray: 'grey',
  center: 'centre',
  middle: 'centre',
  upper: 'top',
  lower: 'bottom',
  photograph: 'photo',
  illustration: 'drawing',
  stripes: 'striped',
  stripy: 'striped',
  big: 'large',
  huge: 'large',
  little: 'small',
  tiny: 'small',
};

export function spelt(word: string): string {
  return SPELLINGS[word] ?? word;
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** "three" and "3" are 3; undefined for what is no whole number. */
export function numberOf(word: string): number | undefined {
  if (/^\d{1,4}$/u.test(word)) return Number(word);
  const value = NUMBERS.indexOf(word);
  return value < 0 ? undefined : value;
}

/** Longest first: "top left" before "top". */
export const PLACES = [
  'top left',
  'top right',
  'bottom left',
  'bottom right',
  'top',
  'bottom',
  'left',
  'right',
  'centre',
] as const;

export const PLACE_WORDS = new Set(PLACES.flatMap((place) => place.split(' ')));

/** Nouns that speak of the picture or the text itself, not of a thing in it. */
export const FRAME_NOUNS = new Set(
  'image picture photo drawing scene background foreground view style composition lighting colour color side corner edge area part object thing item number description text word line language translation english original caption i it there this that subject frame shade pattern shape outline cartoon gradient nothing something anything focus centerpiece overview'.split(
    ' ',
  ),
);

/** "The left side" is a place as "the left" is. */
export const PLACE_NOUNS = new Set('side corner edge part area half'.split(' '));

/** Frame nouns unless another noun stands before them: "soft light", but "traffic light"; "a set", but "tea set". */
export const LONE_FRAME_NOUNS = new Set(
  'light kind group pair bunch lot couple variety row set series'.split(' '),
);

/** Nouns of which what follows "of" is a part: "a cup of coffee" is one thing. */
export const CONTAINERS = new Set(
  'cup mug glass bottle bowl plate slice piece stack pile basket bouquet loaf'.split(' '),
);

/** Two nouns with "and" between them that are one thing. */
export const PAIRS = new Set(['bow and arrow']);

/** Words that are said of one thing as they are said of two. */
export const PLURAL_WORDS = new Set([
  ...'glasses sunglasses headphones jeans trousers scissors dice grapes cherries rhinoceros'.split(
    ' ',
  ),
  'french fries',
]);

/** Verbs between the picture and what is in it; the tagger takes some for nouns. */
export const SHOWING = /^(shows?|depicts?|contains?|features?|displays?|captures?|goes)$/u;

/** Doubt about the whole sentence. */
export const HEDGE =
  /\b(may|might|could|seems?|appears?|unsure|not sure|looks like|it is (possible|likely))\b/iu;

/** Doubt about what comes next. */
export const HEDGE_ADVERBS = new Set(['possibly', 'perhaps', 'maybe', 'probably', 'likely']);

/** Clauses that say what is not there, or what the model can't do: no claim is read from them. */
export const DENIAL =
  /\b(no|not|nothing|cannot|\w*n['’]t|without|none|neither|nor|unable|unreadable)\b/iu;
