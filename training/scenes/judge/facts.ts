import { at, type Random } from '../random.ts';
import type { Group, SignSymbol, Symbols } from '../symbols.ts';
import { BACKGROUNDS, COLOURS, OBJECTS, PHOTO_CLASSES, PLACES, KNOWN_SIGNS, LANGUAGES, SIZES } from '../vocabulary.ts';

/** What is in a picture, or what one model believes is in it. */
export type Facts = Symbols;

const TOLD = ['low', 'middle', 'high'] as const;

const SYLLABLES = [
  'ba', 'ko', 'lim', 'ter', 'vo', 'sha', 'nel', 'pi', 'gra', 'dun', 'fer', 'ok', 'wes', 'tri', 'zum', 'hal', 'qui', 'mo',
]; // prettier-ignore

/** Names mostly of drawn things, some photo classes, some invented words, so that copying is learned. */
function anyName(random: Random): string {
  const roll = random.next();
  const colour = random.chance(0.05) ? `${random.pick(COLOURS)} ` : '';
  if (roll < 0.65) return colour + random.pick(OBJECTS).name;
  if (roll < 0.88) return colour + random.pick(PHOTO_CLASSES);
  return Array.from({ length: random.integer(2, 3) }, () => random.pick(SYLLABLES)).join('');
}

/** A confidence that is told, with these weights from low to high. */
function toldSure(random: Random, weights: readonly number[]): (typeof TOLD)[number] {
  return at(TOLD, random.weighted(weights));
}

function anyGroup(random: Random): Group {
  const count = 1 + random.weighted([0.58, 0.2, 0.12, 0.07, 0.03]);
  return {
    name: anyName(random),
    count,
    place: count === 1 ? random.pick(PLACES) : null,
    size: random.pick(SIZES),
    sure: toldSure(random, [0.15, 0.15, 0.7]),
  };
}

export function truth(random: Random): Facts {
  const colour = random.pick(COLOURS);
  if (random.chance(0.15)) {
    const photo = { name: anyName(random), sure: toldSure(random, [0.1, 0.3, 0.6]) };
    return { groups: [], colour, background: null, sign: null, photo };
  }
  const kinds = 1 + random.weighted([0.32, 0.36, 0.24, 0.08]);
  const sign = random.chance(0.35)
    ? { place: random.pick(PLACES), ...(random.chance(0.7) ? signText(random) : UNREAD) }
    : null;
  return {
    groups: distinct(Array.from({ length: kinds }, () => anyGroup(random))),
    colour,
    background: at(BACKGROUNDS, random.weighted([0.4, 0.25, 0.2, 0.15])),
    sign,
    photo: null,
  };
}

type SignText = Omit<SignSymbol, 'place'>;

const UNREAD: SignText = { text: null, language: null, meaning: null };

function signText(random: Random): SignText {
  if (random.chance(0.3)) return { ...UNREAD, text: `${anyName(random)} ${String(random.integer(1, 99))}` };
  const row = random.pick(KNOWN_SIGNS);
  const language = random.pick(LANGUAGES);
  const text = row[LANGUAGES.indexOf(language)] ?? null;
  return { text, language, meaning: language === 'English' ? null : (row[0] ?? null) };
}

/** What one model makes of the picture: it misses, confuses, miscounts and misplaces. */
export function observed(random: Random, facts: Facts, error: number): Facts {
  const wrong = (share: number): boolean => random.chance(share * error);
  const sure = (): Group['sure'] => toldSure(random, [0.12, 0.18, 0.7]);
  const signed = wrong(0.15) ? null : facts.sign;
  const read = signed === null || wrong(0.15) ? UNREAD : wrong(0.12) ? signText(random) : signed;
  const seen = {
    colour: wrong(0.12) ? random.pick(COLOURS) : facts.colour,
    sign: signed === null ? null : { ...read, place: signed.place },
  };
  if (facts.photo !== null && !wrong(0.06)) {
    const name = wrong(0.3) ? anyName(random) : facts.photo.name;
    return { ...seen, groups: [], background: null, photo: { name, sure: sure() } };
  }
  const groups: Group[] = [];
  for (const group of facts.groups) {
    if (wrong(0.2)) continue;
    const count = wrong(0.18) ? Math.max(1, group.count + random.pick([-1, 1])) : group.count;
    const place = wrong(0.12) ? random.pick(PLACES) : (group.place ?? random.pick(PLACES));
    const name = wrong(0.14) ? anyName(random) : group.name;
    groups.push({ ...group, name, count, place: count === 1 ? place : null, sure: sure() });
  }
  if (wrong(0.14)) groups.push({ ...anyGroup(random), sure: 'low' });
  if (random.chance(0.5)) groups.reverse();
  return {
    ...seen,
    groups: distinct(groups),
    background: wrong(0.15) ? random.pick(BACKGROUNDS) : (facts.background ?? 'plain'),
    photo: null,
  };
}

function distinct(groups: readonly Group[]): Group[] {
  return [...new Map(groups.map((group) => [group.name, group])).values()];
}
