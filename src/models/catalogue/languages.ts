import { LANGUAGE_TAGS } from '../../core/wishes';
import type { FollowedWishes } from '../../core/wishes';

/** Large enough to do what is asked beside the prompt, in every language of the list. */
export const FOLLOWS_ALL: FollowedWishes = {
  languages: LANGUAGE_TAGS.filter((tag) => tag !== 'en'),
  length: true,
};

/** Writes English, as long as it is asked. */
export const FOLLOWS_LENGTH: FollowedWishes = { length: true };
