const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** What a run is called before anybody names it: when it was made, as people here write it. @param at ms since 1970 */
export function defaultRunName(at: number): string {
  return WHEN.format(at);
}

/**
 * A name for files of a run, without ending: the run's own, or where nobody has named it `vlm-2026-11-26-1029`, of local time,
 * so that a folder sorts them by when they were made.
 */
export function runFileName({ name, createdAt }: { name: string; createdAt: number }): string {
  if (name === defaultRunName(createdAt)) return `vlm-${minuteOf(createdAt)}`;
  const safe = name.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/gu, '');
  return safe === '' ? `vlm-${minuteOf(createdAt)}` : safe;
}

/** "2026-11-26-1029", of local time. */
export function minuteOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}`;
}
