/** What a prompt asks a model to give back: running text, or rows of text found in the picture. */
export type PromptExpects = 'prose' | 'text-table';

/** A question put to every chosen model about every chosen image. */
export interface Prompt {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly rationale: string;
  readonly expects: PromptExpects;
}

/** A predefined prompt; `initial` marks those checked on the first visit. */
export interface PredefinedPrompt extends Prompt {
  readonly initial: boolean;
}

/** The prompts the app offers and the embedded models are trained on, in display order. */
export const PREDEFINED_PROMPTS: readonly PredefinedPrompt[] = [
  {
    id: 'comprehensive',
    title: 'Comprehensive analysis',
    text: 'Describe this image completely: all objects, people and activities you can see, and where they are. Then list all text in the image in a table with the columns original, English translation, language.',
    rationale: 'Everything at once: for reports and annotation.',
    expects: 'text-table',
    initial: true,
  },
  {
    id: 'extensive',
    title: 'Extensive description',
    text: 'Describe all elements of this image in detail, including objects, people and activities.',
    rationale: 'Breadth: different models notice different things.',
    expects: 'prose',
    initial: true,
  },
  {
    id: 'short',
    title: 'Short caption',
    text: 'Write one sentence that says what this image shows.',
    rationale: 'For galleries and search.',
    expects: 'prose',
    initial: false,
  },
  {
    id: 'objects',
    title: 'Objects and counts',
    text: 'List every kind of object in this image with its number.',
    rationale: 'Easy to check and to compare between models.',
    expects: 'prose',
    initial: true,
  },
  {
    id: 'read-text',
    title: 'Read the text',
    text: 'Copy all text in this image exactly, line by line, then give its language and an English translation.',
    rationale: 'For signs, documents, screenshots.',
    expects: 'text-table',
    initial: false,
  },
  {
    id: 'style',
    title: 'Style and composition',
    text: 'Describe the style, colours, lighting and composition of this image.',
    rationale: 'For training sets of image generators.',
    expects: 'prose',
    initial: false,
  },
  {
    id: 'alt-text',
    title: 'Alt text',
    text: 'Write an alternative text of at most 125 characters for somebody who cannot see this image.',
    rationale: 'For web pages and accessibility.',
    expects: 'prose',
    initial: false,
  },
];
