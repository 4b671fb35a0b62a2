import type { ModelFamily } from '../../src/models/spec';
import { CHAT_FORMS } from './chat-forms';
import { chatVision } from './chat-vision';
import type { VisionFamily } from './family';
import { florence2 } from './florence2';
import { moondream1 } from './moondream1';
import { phi3V } from './phi3-v';

const own: Readonly<Record<string, VisionFamily>> = { phi3_v: phi3V, moondream1, florence2 };

/** How each architecture that sees is prompted and fed; undefined for one that only reads. */
export function visionFamily(family: ModelFamily): VisionFamily | undefined {
  return Object.hasOwn(CHAT_FORMS, family)
    ? chatVision(CHAT_FORMS[family as keyof typeof CHAT_FORMS])
    : own[family];
}
