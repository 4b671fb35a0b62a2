import { PREDEFINED_PROMPTS } from '../../src/core/prompts.ts';
import { at, type Random } from './random.ts';
import { answer, type Task, type Voice } from './speak.ts';
import type { Group, Symbols } from './symbols.ts';
import { BACKGROUNDS, COLOURS, type Confidence, OBJECTS, PLACES } from './vocabulary.ts';
import { counted, isPluralWord, numbered, withArticle, written } from './words.ts';

export interface Exchange {
  /** Id of a predefined prompt, 'free' or 'check'. */
  readonly promptId: string;
  readonly question: string;
  readonly answer: string;
}

/** Questions of people: most ask for a description, some for one of the other tasks. */
const FREE: readonly (readonly [string, Task])[] = [
  ['What is in this picture?', 'extensive'],
  ['What do you see?', 'extensive'],
  ['Describe the image.', 'extensive'],
  ['Describe this picture in detail.', 'extensive'],
  ['What does this image show?', 'extensive'],
  ['Tell me about this image.', 'extensive'],
  ['What is going on here?', 'extensive'],
  ['Please explain this photo to me.', 'extensive'],
  ['Who or what can be seen, and where?', 'extensive'],
  ['Give a description for a report.', 'extensive'],
  ['What is happening in the scene?', 'extensive'],
  ['Which animals or things are there?', 'extensive'],
  ['Is there anything special about this image?', 'extensive'],
  ['What would you search for to find this image?', 'extensive'],
  ['Describe the people in this image.', 'extensive'],
  ['What is the mood of this picture?', 'extensive'],
  ['Write a caption.', 'short'],
  ['Give this image a title.', 'short'],
  ['Summarise the picture in one sentence.', 'short'],
  ['How many things are there?', 'objects'],
  ['Count the objects.', 'objects'],
  ['Which objects are in the image, and how many of each?', 'objects'],
  ['What does the sign say?', 'read-text'],
  ['Is there any text?', 'read-text'],
  ['Which colours are used?', 'style'],
  ['What is the style of this image?', 'style'],
  ['Write alt text for this image.', 'alt-text'],
];

/** How often the heads are right, by confidence: the decoder's "Yes" learns to be as sure as that. */
const RIGHT: Readonly<Record<Confidence, number>> = { low: 0.5, middle: 0.8, high: 0.97 };
const COUNT_RIGHT: Readonly<Record<Confidence, number>> = { low: 0.4, middle: 0.7, high: 0.93 };
const MISSED = 0.03;

/** Prompts whose answers name more things are asked more often: names are what takes longest to learn. */
const SHARES: Readonly<Record<string, number>> = {
  comprehensive: 2, extensive: 3, short: 2, objects: 3, 'read-text': 0.6, style: 1, 'alt-text': 2,
}; // prettier-ignore

export function sampleExchange(random: Random, voice: Voice, symbols: Symbols): Exchange {
  const lot = random.next();
  if (lot < 0.1) return check(random, symbols);
  if (lot < 0.2) {
    const [question, task] = random.pick(FREE);
    return { promptId: 'free', question, answer: answer(voice, task, symbols) };
  }
  const prompt = at(PREDEFINED_PROMPTS, random.weighted(PREDEFINED_PROMPTS.map(({ id }) => SHARES[id] ?? 1)));
  return { promptId: prompt.id, question: prompt.text, answer: answer(voice, prompt.id as Task, symbols) };
}

/** A yes/no question on one claim. The answer is right only as often as the heads are. */
function check(random: Random, symbols: Symbols): Exchange {
  const [question, probability] = claimQuestion(random, symbols);
  const suffix = random.chance(0.85) ? ' Answer yes or no.' : '';
  return { promptId: 'check', question: question + suffix, answer: random.chance(probability) ? 'Yes.' : 'No.' };
}

function claimQuestion(random: Random, symbols: Symbols): readonly [string, number] {
  const seen = symbols.groups.length > 0 && random.chance(0.55) ? random.pick(symbols.groups) : null;
  const other = random.pick(OBJECTS).name;
  const name = seen?.name ?? other;
  const group = symbols.groups.find((each) => each.name === name) ?? null;
  switch (random.weighted([0.45, 0.25, 0.15, 0.15])) {
    case 0:
      return [`${isPluralWord(name) ? 'Are' : 'Is'} there ${withArticle(name)} in this image?`, presence(group, symbols, name)];
    case 1:
      return countQuestion(random, group, name);
    case 2: {
      const place = group?.place !== null && group !== null && random.chance(0.5) ? group.place : random.pick(PLACES);
      const where = place === 'centre' ? 'in the centre' : place === 'left' || place === 'right' ? `on the ${place}` : `at the ${place}`;
      const right = group?.place === place ? RIGHT[group.sure] * 0.95 : MISSED;
      return [`${isPluralWord(name) ? 'Are' : 'Is'} the ${written(name)} ${where}?`, right];
    }
    default: {
      const colour = random.chance(0.5) ? symbols.colour : random.pick(COLOURS);
      const kind = random.chance(0.3) ? `${random.pick(BACKGROUNDS)} ` : '';
      if (kind !== '') return [`Is the background ${kind.trim()}?`, symbols.background === kind.trim() ? 0.93 : MISSED];
      return [`Is the background ${colour}?`, symbols.colour === colour ? 0.95 : MISSED];
    }
  }
}

function presence(group: Group | null, symbols: Symbols, name: string): number {
  if (group !== null) return RIGHT[group.sure];
  return symbols.photo?.name === name ? RIGHT[symbols.photo.sure] : MISSED;
}

function countQuestion(random: Random, group: Group | null, name: string): readonly [string, number] {
  const count = group !== null && random.chance(0.6) ? group.count : random.integer(1, 5);
  const probability = group?.count === count ? COUNT_RIGHT[group.sure] : MISSED;
  if (random.chance(0.5)) return [`Does this image show ${counted(name, count)}?`, probability];
  const are = count === 1 && !isPluralWord(name) ? 'Is' : 'Are';
  return [`${are} there exactly ${numbered(name, count)} in this image?`, probability];
}
