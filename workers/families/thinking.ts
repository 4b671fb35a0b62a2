const BLOCK = /<think>[\s\S]*?(?:<\/think>|$)/gu;

/**
 * Without the blocks in which Qwen3-type models think aloud. They are asked not to (`enable_thinking: false`), which
 * some do only by an empty block; one that is cut off was all thinking.
 */
export function withoutThinking(text: string): string {
  const end = text.lastIndexOf('</think>');
  // The block's start may have been part of the prompt.
  const answer = end >= 0 && !text.includes('<think>') ? text.slice(end + '</think>'.length) : text;
  return answer.replace(BLOCK, '').trim();
}
