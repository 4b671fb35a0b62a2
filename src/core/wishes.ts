/** Languages that descriptions can be asked for, by BCP 47 tag, in the order of the list. */
export const LANGUAGES = {
  en: 'English',
  ar: 'Arabic',
  zh: 'Chinese',
  nl: 'Dutch',
  fr: 'French',
  de: 'German',
  hi: 'Hindi',
  it: 'Italian',
  ja: 'Japanese',
  ko: 'Korean',
  pl: 'Polish',
  pt: 'Portuguese',
  ru: 'Russian',
  es: 'Spanish',
  tr: 'Turkish',
  uk: 'Ukrainian',
} as const;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[];

/** How long an answer is to be; `prompt`: as the prompt says. */
export const LENGTHS = ['prompt', 'short', 'medium', 'long', 'characters'] as const;
export type LengthKind = (typeof LENGTHS)[number];

/** What is wished of every answer. */
export interface Wishes {
  readonly language: Language;
  readonly length: LengthKind;
  /** Counts where the length is given in characters. */
  readonly mostCharacters: number;
}

export const NO_WISHES: Wishes = { language: 'en', length: 'prompt', mostCharacters: 125 };

/** What a model can be asked for beside a prompt; English, and the length that it learned, where it can't. */
export interface FollowedWishes {
  readonly languages?: readonly Language[];
  readonly length?: boolean;
}

/** The sentences that ask a model for what is wished and what it can follow; empty where there is nothing to ask. */
export function wishText(wishes: Wishes, follows: FollowedWishes | undefined): string {
  const sentences: string[] = [];
  if (wishes.language !== 'en' && follows?.languages?.includes(wishes.language) === true)
    sentences.push(`Answer in ${LANGUAGES[wishes.language]}.`);
  if (follows?.length === true) sentences.push(lengthSentence(wishes));
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function lengthSentence({ length, mostCharacters }: Wishes): string {
  switch (length) {
    case 'prompt':
      return '';
    case 'short':
      return 'Answer in one short sentence.';
    case 'medium':
      return 'Answer in two to four sentences.';
    case 'long':
      return 'Answer in a long paragraph with all details.';
    case 'characters':
      return `Answer in at most ${String(mostCharacters)} characters.`;
  }
}

/** What is put to a model: the prompt, and what is wished beside it. */
export function askedText(promptText: string, alsoAsked: string | undefined): string {
  return alsoAsked === undefined ? promptText : `${promptText} ${alsoAsked}`;
}
