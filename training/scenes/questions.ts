import type { Statement } from '../../src/core/claims.ts';
import { checkQuestion } from '../../src/core/evidence/check-question.ts';
import { PREDEFINED_PROMPTS } from '../../src/core/prompts.ts';
import { at, type Random } from './random.ts';
import { answer, at as placeWords, textAnswer, type Task, type Voice } from './speak.ts';
import type { Group, Symbols } from './symbols.ts';
import { BACKGROUNDS, COLOURS, type Confidence, isTold, OBJECTS, PLACES, SIZES } from './vocabulary.ts';
import { capitalised, isPluralWord, numbered, plural, written } from './words.ts';

export interface Exchange {
  /** Id of a predefined prompt, 'free' or 'check'. */
  readonly promptId: string;
  readonly question: string;
  readonly answer: string;
  /** Of yes/no questions: how likely "yes" is. */
  readonly yes?: number;
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
  ['Which colours are used?', 'style'],
  ['What is the style of this image?', 'style'],
  ['Write alt text for this image.', 'alt-text'],
];

/** How often the heads are right, by confidence: the decoder's "Yes" learns to be as sure as that. */
const RIGHT: Readonly<Record<Confidence, number>> = {
  trace: 0.03, faint: 0.06, slight: 0.12, weak: 0.2, fair: 0.33, low: 0.5, middle: 0.7, good: 0.85, high: 0.94, full: 0.98,
}; // prettier-ignore
const COUNT_RIGHT = 0.94;
const PLACE_RIGHT = 0.96;
const SIZE_RIGHT = 0.9;
const MISSED = 0.02;

/** How many exchanges are yes/no questions: their answers are short, so a batch holds many. */
const CHECKS = 0.5;

/** Prompts whose answers name more things are asked more often: names are what takes longest to learn. */
const SHARES: Readonly<Record<string, number>> = {
  comprehensive: 2, extensive: 3, short: 2, objects: 3, 'read-text': 0.6, style: 1, 'alt-text': 2,
}; // prettier-ignore

export function sampleExchange(random: Random, voice: Voice, symbols: Symbols): Exchange {
  const lot = random.next();
  if (lot < CHECKS) return check(random, symbols);
  if (lot < CHECKS + 0.08) return direct(random, voice, symbols);
  if (lot < CHECKS + 0.16) {
    const [question, task] = random.pick(FREE);
    return { promptId: 'free', question, answer: answer(voice, task, symbols) };
  }
  const prompt = at(PREDEFINED_PROMPTS, random.weighted(PREDEFINED_PROMPTS.map(({ id }) => SHARES[id] ?? 1)));
  return { promptId: prompt.id, question: prompt.text, answer: answer(voice, prompt.id as Task, symbols) };
}

/** A yes/no question on one claim, as the app asks it, with how likely "yes" is: as often as the heads are right. */
function check(random: Random, symbols: Symbols): Exchange {
  const [statement, probability] = sampleClaim(random, symbols);
  const asked = checkQuestion(statement);
  // People leave out the second sentence.
  const question = random.chance(0.88) ? asked : asked.replace(/ Answer yes or no\.$/u, '');
  return { promptId: 'check', question, answer: probability >= 0.5 ? 'Yes.' : 'No.', yes: probability };
}

/** A claim that is as likely true as false, and how likely it is to be true. */
function sampleClaim(random: Random, symbols: Symbols): readonly [Statement, number] {
  const seen = symbols.groups.length > 0 && random.chance(0.6) ? random.pick(symbols.groups) : null;
  const other = symbols.photo !== null && random.chance(0.6) ? symbols.photo.name : random.pick(OBJECTS).name;
  const name = seen?.name ?? other;
  const group = symbols.groups.find((each) => each.name === name) ?? null;
  const claim = (kind: Statement['kind'], value: string, subject = name): Statement => ({ kind, subject, value });
  switch (random.weighted([0.42, 0.18, 0.14, 0.12, 0.07, 0.07])) {
    case 0:
      return random.chance(0.12)
        ? [claim('object', '', 'sign'), symbols.sign === null ? MISSED : 0.95]
        : [claim('object', ''), presence(group, symbols, name)];
    case 1: {
      // What a photo shows, models take for one.
      if (symbols.photo?.name === name) return [claim('count', '1'), RIGHT[symbols.photo.sure]];
      const count = group !== null && random.chance(0.6) ? group.count : random.integer(1, 5);
      return [claim('count', String(count)), group?.count === count ? RIGHT[group.sure] * COUNT_RIGHT : MISSED];
    }
    case 2: {
      const sign = symbols.sign !== null && random.chance(0.15) ? symbols.sign : null;
      const known = sign === null ? group?.place : sign.place;
      const place = known !== null && known !== undefined && random.chance(0.5) ? known : random.pick(PLACES);
      const sure = sign === null ? RIGHT[group?.sure ?? 'faint'] : 0.95;
      return [claim('relation', place, sign === null ? name : 'sign'), known === place ? sure * PLACE_RIGHT : MISSED];
    }
    case 4: {
      const size = group !== null && random.chance(0.5) ? group.size : random.pick(SIZES);
      return [claim('attribute', size), group?.size === size ? RIGHT[group.sure] * SIZE_RIGHT : MISSED];
    }
    case 5: {
      const kind = random.pick(['photo', 'drawing']);
      return [claim('overall', kind, 'image'), (symbols.photo !== null) === (kind === 'photo') ? 0.98 : MISSED];
    }
    default: {
      if (random.chance(0.35)) {
        const kind = symbols.background !== null && random.chance(0.4) ? symbols.background : random.pick(BACKGROUNDS);
        return [claim('attribute', kind, 'background'), symbols.background === kind ? 0.95 : MISSED];
      }
      const colour = random.chance(0.5) ? symbols.colour : random.pick(COLOURS);
      return [claim('attribute', colour, 'background'), symbols.colour === colour ? 0.95 : MISSED];
    }
  }
}

/** Questions with a short answer: how many, where, which colour, what a sign says. */
function direct(random: Random, voice: Voice, symbols: Symbols): Exchange {
  const told = symbols.groups.filter(({ sure }) => isTold(sure));
  const group = told.length > 0 && random.chance(0.75) ? random.pick(told) : null;
  const name = group?.name ?? random.pick(OBJECTS).name;
  const exchange = (question: string, text: string): Exchange => ({ promptId: 'free', question, answer: text });
  const none = `I see no ${plural(name)}.`;
  const be = isPluralWord(name) ? 'are' : 'is';
  switch (random.weighted([0.3, 0.25, 0.2, 0.25])) {
    case 0:
      return exchange(`How many ${plural(name)} are there?`, group === null ? none : `${capitalised(numbered(name, group.count))}.`);
    case 1:
      return exchange(
        `Where ${be} the ${written(name)}?`,
        group === null
          ? none
          : group.place === null
            ? `There are ${numbered(name, group.count)}.`
            : `The ${written(name)} ${be} ${placeWords(group.place)}.`,
      );
    case 2:
      return exchange(
        random.pick(['What colour is the background?', 'What colour is the image?', `What colour is the ${written(name)}?`]),
        symbols.photo === null ? `The background is ${symbols.colour}.` : `Most of the photo is ${symbols.colour}.`,
      );
    default:
      return exchange(
        random.pick(['What does the sign say?', 'What is written on the sign?', 'Is there any text?', 'Read the sign.']),
        symbols.photo === null ? textAnswer(voice, symbols) : answer(voice, 'read-text', symbols),
      );
  }
}

function presence(group: Group | null, symbols: Symbols, name: string): number {
  if (group !== null) return RIGHT[group.sure];
  return symbols.photo?.name === name ? RIGHT[symbols.photo.sure] : MISSED;
}
