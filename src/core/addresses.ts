/** More lines than these are a text that happens to be of addresses. */
const MOST_ADDRESSES = 1000;

/**
 * The addresses that a text consists of: one a line, on the web (`https:`, `http:`) or pictures written out (`data:image/…`).
 * Empty where any line is something else: then it is a text.
 */
export function addressesIn(text: string): readonly string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > MOST_ADDRESSES) return [];
  const addresses = lines.map(addressOf);
  return addresses.every((address) => address !== undefined) ? [...new Set(addresses)] : [];
}

function addressOf(line: string): string | undefined {
  if (/^data:image\//iu.test(line)) return line;
  if (!/^https?:\/\/[^\s/]/iu.test(line) || /\s/u.test(line)) return undefined;
  try {
    return new URL(line).href;
  } catch {
    return undefined;
  }
}

/** What a picture at an address is called: the last part of its path, else the site. */
export function nameOfAddress(address: string): string {
  if (address.startsWith('data:')) {
    const [, type = 'png'] = /^data:image\/([a-z0-9]+)/iu.exec(address) ?? [];
    return `picture.${type.toLowerCase()}`;
  }
  const { pathname, hostname } = new URL(address);
  const last = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Whether a page that came over `https:` may not read from it; what is on this device may be read. */
export function isInsecureFor(pageProtocol: string, address: string): boolean {
  if (pageProtocol !== 'https:') return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
}
