/** What a sentence says of the picture as a whole: `photo`, `at night`, `indoors` … */
const MEDIA: readonly (readonly [words: string, medium: string])[] = [
  ['photo(?:graph|graphy)?|snapshot|selfie', 'photo'],
  ['painting|watercolou?r|fresco', 'painting'],
  ['drawing|illustration|sketch|cartoon|comic|line art|clip ?art|vector graphic', 'drawing'],
  ['screenshot|screen capture', 'screenshot'],
  ['render|rendering|3d model', 'render'],
];

const SHOWS =
  'of|shows?|showing|depicts?|depicting|captures?|capturing|features?|displays?|portrays?|illustrates?|presents?|is|was|taken|set|in|with|that|which|at';

const PATTERNS: readonly (readonly [pattern: RegExp, value: string])[] = [
  ...MEDIA.flatMap(([words, medium]): [RegExp, string][] => [
    [new RegExp(String.raw`^\W*(?:in )?(?:this |the |an? )?(?:[\w-]+ ){0,4}(?:${words})s?\b(?=\W*$|,|\.|:| (?:${SHOWS})\b)`, 'u'), medium],
    [new RegExp(String.raw`\b(?:this|it|image|picture|scene|artwork) (?:is|appears to be|seems to be|was|looks like) (?:an? )?(?:[\w-]+,? ){0,5}(?:${words})\b`, 'u'), medium],
    [new RegExp(String.raw`\bdone in (?:${words})\b`, 'u'), medium],
  ]),
  [/\b(black[- ]and[- ]white|monochrom\w*|gr[ae]yscale|sepia)\b(?= (?:image|picture|photo|photograph|scene|shot|style|photography|sketch|drawing|illustration|painting)|\W*$)/u, 'black and white'],
  [/\b(?:image|photo|photograph|picture|it) is (?:in )?(?:black[- ]and[- ]white|monochrom\w*|gr[ae]yscale)/u, 'black and white'],
  [/\b(in (?:full |vivid |bright )?colou?r\b|colou?r(?:ful)? (?:photo|photograph|picture|image))/u, 'in colour'],
  [/\b(night(?:time)?|at night|after dark|midnight)\b(?! ?(stand|gown|club))/u, 'at night'],
  [/\b(day ?time|daylight|during the day|by day|(?:sunny|bright|clear|summer|cloudless) day|midday|noon)\b/u, 'by day'],
  [/\b(indoors?|interior|inside a (?:room|building))\b/u, 'indoors'],
  [/\b(outdoors?|outside scene|open air|under the open sky)\b/u, 'outdoors'],
  [/\bsunny\b|\bbathed in (?:bright )?sunlight\b/u, 'sunny'],
  [/\b(cloudy|overcast)\b/u, 'cloudy'],
  [/\b(rainy|raining)\b/u, 'rainy'],
  [/\b(snowy|snowing)\b/u, 'snowy'],
  [/\b(foggy|misty)\b/u, 'foggy'],
]; // prettier-ignore

/** @param isFirst the description starts with it: later "a painting of a forest" is a thing in the picture */
export function overallOf(sentence: string, isFirst: boolean): string[] {
  const text = isFirst
    ? sentence.toLowerCase()
    : sentence.toLowerCase().replace(/^\W*(an?|one) /u, 'x x x x x x ');
  const found = PATTERNS.filter(([pattern]) => pattern.test(text)).map(([, value]) => value);
  return [...new Set(found)];
}

const EXCLUSIVE: readonly ReadonlySet<string>[] = [
  new Set(['photo', 'painting']),
  new Set(['photo', 'drawing']),
  new Set(['photo', 'render']),
  new Set(['photo', 'screenshot']),
  new Set(['black and white', 'in colour']),
  new Set(['at night', 'by day']),
  new Set(['at night', 'sunny']),
  new Set(['indoors', 'outdoors']),
  new Set(['sunny', 'cloudy']),
  new Set(['sunny', 'rainy']),
];

export function excludesOverall(one: string, other: string): boolean {
  return one !== other && EXCLUSIVE.some((set) => set.has(one) && set.has(other));
}
