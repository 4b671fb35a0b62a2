import { PREDEFINED_PROMPTS } from '../../src/core/prompts';

/** Id of the predefined prompt that a question is, wishes behind it or not; undefined for a prompt of the user's own. */
export function predefinedId(question: string): string | undefined {
  return PREDEFINED_PROMPTS.find(({ text }) => question === text || question.startsWith(`${text} `))
    ?.id;
}
