import type { ErrorCode, ErrorData } from '../core/errors';

const WHAT: Partial<Record<ErrorCode, (name: string) => string>> = {
  'out-of-memory': (name) => `${name} ran out of memory`,
  'device-lost': (name) => `The browser took the graphics device away from ${name}`,
  'worker-died': (name) => `The browser ended the process of ${name}`,
  'worker-silent': (name) => `${name} was not heard of for minutes`,
};

/** What a person is told when a model's worker was replaced in the middle of a run. */
export function restartText(name: string, { code }: ErrorData): string {
  const what = WHAT[code]?.(name) ?? `${name} failed in the middle`;
  return `${what}, so it was started again; what is finished is kept.`;
}
