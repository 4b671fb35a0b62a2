/** Patterns as in `.gitattributes`: one without a slash is matched against the file's name in any folder. */
export function matchesGlob(pattern: string, path: string): boolean {
  const subject = pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  return toRegExp(pattern.replace(/^\//, '')).test(subject);
}

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      return part === '*' ? '[^/]*' : '[^/]';
    });
  return new RegExp(`^${source}$`);
}
