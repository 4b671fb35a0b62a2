import { EACH_HIDDEN, named } from './shown-text';

/** What `shownText` names in a text, each once, as it names it. A soft hyphen is no news to anybody. */
export function hiddenIn(text: string): readonly string[] {
  const names = new Set<string>();
  text.replace(EACH_HIDDEN, (hidden: string, at: number) => {
    const name = named(hidden, at, text);
    if (name !== hidden && name !== '') names.add(name);
    return '';
  });
  return [...names];
}

/** The text without what `shownText` would name. */
export function withoutHidden(text: string): string {
  return text.replace(EACH_HIDDEN, (hidden: string, at: number) => {
    const name = named(hidden, at, text);
    return name === hidden || name === '' ? hidden : '';
  });
}
