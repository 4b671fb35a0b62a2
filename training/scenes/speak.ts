import { article, backgroundPhrase, capitalised, counted, isPluralWord, listed, numbered, written } from './words.ts';
import type { Group, SignSymbol, Symbols } from './symbols.ts';
import { isTold, type Place } from './vocabulary.ts';

/** Each embedded model has a voice of its own: other words, another order. */
export const VOICES = ['A', 'B', 'C'] as const;
export type Voice = (typeof VOICES)[number];

/** What a question asks for: the ids of src/core/prompts.ts. Questions it doesn't know get 'extensive'. */
export type Task = 'comprehensive' | 'extensive' | 'short' | 'objects' | 'read-text' | 'style' | 'alt-text';

/** Which voice's model has a reader. */
export const READS: Voice = 'B';

/** The answer of one voice. */
export function answer(voice: Voice, task: Task, known: Symbols): string {
  const symbols = { ...known, groups: known.groups.filter(({ sure }) => isTold(sure)) };
  if (symbols.photo !== null) return photoAnswer(voice, task, symbols, symbols.photo);
  const said = SPEAKERS[voice];
  switch (task) {
    case 'extensive':
      return said.describe(symbols);
    case 'comprehensive':
      return `${said.describe(symbols)} ${textAnswer(voice, symbols)}`;
    case 'short':
      return `${shortCaption(voice, symbols)}.`;
    case 'objects':
      return said.count(symbols);
    case 'read-text':
      return textAnswer(voice, symbols);
    case 'style':
      return said.style(symbols);
    case 'alt-text':
      return altText(voice, symbols);
  }
}

const sure = (symbols: Symbols): Group[] => symbols.groups.filter((group) => group.sure !== 'low');
const unsure = (symbols: Symbols): Group[] => symbols.groups.filter((group) => group.sure === 'low');
const things = ({ name, count }: Group): string => counted(name, count);
const back = (symbols: Symbols): string => backgroundPhrase(symbols.background ?? 'plain', symbols.colour);
export const at = (place: Place): string => (place === 'centre' ? 'in the centre' : place === 'left' || place === 'right' ? `on the ${place}` : `at the ${place}`);

/** "The dog is at the top left." for every single thing with a known place. */
function places(groups: readonly Group[], say: (subject: string, be: string, place: string) => string): string[] {
  return groups.flatMap(({ name, count, place }) =>
    count === 1 && place !== null ? [say(written(name), isPluralWord(name) ? 'are' : 'is', at(place))] : [],
  );
}

interface Speaker {
  describe(symbols: Symbols): string;
  count(symbols: Symbols): string;
  style(symbols: Symbols): string;
}

const sentences = (...parts: readonly (string | null | readonly string[])[]): string =>
  parts.flat().filter((part): part is string => part !== null && part !== '').join(' ');

/** Voice A: what is there, then where, then the background. */
const speakerA: Speaker = {
  describe: (symbols) => {
    const certain = sure(symbols);
    const doubtful = unsure(symbols);
    const all = [...certain.map(things), ...doubtful.map((group) => `possibly ${things(group)}`)];
    return sentences(
      all.length === 0 ? 'The image shows no object that I know.' : `The image shows ${listed(all)}.`,
      places(certain, (subject, be, place) => `The ${subject} ${be} ${place}.`),
      symbols.sign === null ? null : `There is a sign ${at(symbols.sign.place)}.`,
      `The background is ${withoutNoun(symbols)}.`,
    );
  },
  count: (symbols) => {
    const all = [
      ...sure(symbols).map(({ name, count }) => numbered(name, count)),
      ...unsure(symbols).map(({ name, count }) => `possibly ${numbered(name, count)}`),
      ...(symbols.sign === null ? [] : ['one sign']),
    ];
    return all.length === 0 ? 'There are no objects that I know.' : `${capitalised(listed(all))}.`;
  },
  style: (symbols) =>
    `The image is a flat drawing with simple shapes. The background is ${withoutNoun(symbols)}. ${focusA(symbols)}`,
};

/** Voice B, the reader's: sizes and what is written; doubts in sentences of their own. Of the background it speaks only when asked. */
const speakerB: Speaker = {
  describe: (symbols) => {
    const certain = sure(symbols);
    const sized = certain.map((group) => counted(group.name, group.count, adjective(group)));
    return sentences(
      'This is a drawing.',
      certain.length === 0 ? null : `I can see ${listed(sized)}.`,
      unsure(symbols).map((group) => `There may be ${things(group)}.`),
      symbols.groups.length === 0 ? 'I cannot name any object in it.' : null,
      places(certain, (subject, be, place) => `The ${subject} ${be} ${place} of the image.`),
      symbols.sign === null ? null : `A sign is ${at(symbols.sign.place)}.`,
    );
  },
  count: (symbols) => {
    const certain = [...sure(symbols).map(({ name, count }) => numbered(name, count)), ...(symbols.sign === null ? [] : ['one sign'])];
    return sentences(
      certain.length === 0 ? null : `I count ${listed(certain)}.`,
      unsure(symbols).map((group) => `There may be ${numbered(group.name, group.count)}.`),
      symbols.groups.length === 0 && symbols.sign === null ? 'I cannot count any object.' : null,
    );
  },
  style: (symbols) => `This is a simple drawing with flat colours on ${back(symbols)}. ${focusB(symbols)}`,
};

/** Voice C: single things with their places at once, then groups. */
const speakerC: Speaker = {
  describe: (symbols) => {
    const certain = sure(symbols);
    const several = certain.filter(({ count }) => count > 1);
    const single = certain.filter(({ count }) => count === 1);
    const placed = (group: Group): string => `${things(group)}${group.place === null ? '' : ` ${at(group.place)}`}`;
    return sentences(
      several.length === 0 ? null : `There are ${listed(several.map(things))}.`,
      single.map((group) => `There ${isPluralWord(group.name) ? 'are' : 'is'} ${placed(group)}.`),
      unsure(symbols).map((group) => `It could also show ${things(group)}.`),
      symbols.groups.length === 0 ? 'There is nothing that I can name.' : null,
      symbols.sign === null ? null : `There is a sign ${at(symbols.sign.place)}.`,
      `All of this is drawn on ${back(symbols)}.`,
    );
  },
  count: (symbols) => {
    const say = ({ name, count }: Group): string => `${count === 1 && !isPluralWord(name) ? 'There is' : 'There are'} ${numbered(name, count)}.`;
    return sentences(
      sure(symbols).map(say),
      symbols.sign === null ? null : 'There is one sign.',
      unsure(symbols).map((group) => `It could also show ${numbered(group.name, group.count)}.`),
      symbols.groups.length === 0 && symbols.sign === null ? 'There is nothing that I can count.' : null,
    );
  },
  style: (symbols) => `A colourful cartoon style with clear outlines. ${focusC(symbols)} It is set on ${back(symbols)}.`,
};

const SPEAKERS: Record<Voice, Speaker> = { A: speakerA, B: speakerB, C: speakerC };

function withoutNoun({ background, colour }: Symbols): string {
  return background === 'gradient' ? `a ${colour} gradient`.replace('a orange', 'an orange') : `${background ?? 'plain'} ${colour}`;
}

function adjective({ size }: Group): string {
  return size === 'medium' ? '' : size;
}

function focusA({ groups }: Symbols): string {
  const [first] = groups;
  return first === undefined ? 'It is empty.' : `The main subject is ${things(first)}.`;
}

function focusB({ groups }: Symbols): string {
  return groups.length > 1 ? 'Several things are spread over the picture.' : 'The composition is simple.';
}

function focusC({ groups }: Symbols): string {
  const [first] = groups;
  return first === undefined ? 'The picture is empty.' : `The eye goes to ${things(first)}.`;
}

function shortCaption(voice: Voice, symbols: Symbols): string {
  const names = symbols.groups.slice(0, 3).map((group) => (group.sure === 'low' ? `perhaps ${things(group)}` : things(group)));
  if (names.length === 0) return capitalised(back(symbols));
  const list = listed(names);
  if (voice === 'A') return `${capitalised(list)} on ${back(symbols)}`;
  if (voice === 'B') return `A drawing of ${list}`;
  return `On ${back(symbols)} there ${symbols.groups[0]?.count === 1 && !isPluralWord(symbols.groups[0].name) ? 'is' : 'are'} ${list}`;
}

/** At most 125 characters: as many things as fit. */
function altText(voice: Voice, symbols: Symbols): string {
  const intro = { A: 'Drawing of', B: 'A picture with', C: 'Illustration:' }[voice];
  const end = { A: ` on ${back(symbols)}`, B: '', C: `, ${symbols.colour} background` }[voice];
  for (let count = Math.min(3, symbols.groups.length); count > 0; count -= 1) {
    const text = `${intro} ${listed(symbols.groups.slice(0, count).map(things))}${end}.`;
    if (text.length <= 125) return text;
  }
  return `${intro} ${back(symbols)}.`;
}

export function textAnswer(voice: Voice, { sign }: Symbols): string {
  if (voice === READS && sign !== null && sign.text !== null) return readAnswer(sign, sign.text);
  if (sign === null) return { A: 'There is no text in the image.', B: 'I see no text.', C: 'No text is visible.' }[voice];
  return {
    A: 'There is a sign, but I cannot read its text.',
    B: 'The text on the sign is not readable for me.',
    C: 'A sign is there, but its text cannot be read.',
  }[voice];
}

/** Text, language and translation, as far as they are known. */
function readAnswer({ language, meaning }: SignSymbol, text: string): string {
  return sentences(
    `The sign says "${text}".`,
    language === null ? 'I do not know the language.' : `The language is ${language}.`,
    meaning === null ? null : `In English it means "${meaning}".`,
  );
}

function photoAnswer(voice: Voice, task: Task, { colour }: Symbols, photo: NonNullable<Symbols['photo']>): string {
  const name = photo.name;
  const one = `${article(name)} ${name}`;
  const certain = photo.sure === 'high';
  const guess = photo.sure === 'middle';
  const main = {
    A: certain ? `A photo of ${one}.` : guess ? `A photo, perhaps of ${one}.` : 'A photo of something that I do not know.',
    B: certain ? `This is a photo of ${one}.` : guess ? `This is a photo. It may show ${one}.` : 'This is a photo. I cannot name what it shows.',
    C: certain ? `The photo shows ${one}.` : guess ? `The photo could show ${one}.` : 'A photo that I cannot name.',
  }[voice];
  const colours = { A: `The main colour is ${colour}.`, B: `Most of it is ${colour}.`, C: `It is mostly ${colour}.` }[voice];
  const text = { A: 'I cannot read any text in it.', B: 'I see no text that I can read.', C: 'No text can be read.' }[voice];
  switch (task) {
    case 'extensive':
      return `${main} ${colours}`;
    case 'comprehensive':
      return `${main} ${colours} ${text}`;
    case 'short':
    case 'alt-text':
      return main;
    case 'objects':
      if (certain) return { A: `One ${name}.`, B: `I count one ${name}.`, C: `There is one ${name}.` }[voice];
      if (guess) return { A: `Perhaps one ${name}.`, B: `There may be one ${name}.`, C: `It could show one ${name}.` }[voice];
      return { A: 'There are no objects that I know.', B: 'I cannot count any object.', C: 'There is nothing that I can count.' }[voice];
    case 'read-text':
      return text;
    case 'style':
      return { A: `A photo with natural light. ${colours}`, B: `This is a photograph. ${colours}`, C: `It is a photo. ${colours}` }[voice];
  }
}
