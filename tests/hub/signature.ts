import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_PAIR = 'K2L8F4GPSG1IFC';

/** Signs the CDN's URLs the way CloudFront does: path, time of expiry and file name are covered by the signature. */
export class UrlSigner {
  readonly #secret = randomBytes(32);
  readonly #seconds: number;
  readonly #now: () => number;

  constructor(seconds: number, now: () => number) {
    this.#seconds = seconds;
    this.#now = now;
  }

  sign(url: URL, fileName: string, user: string): URL {
    const signed = new URL(url);
    const expires = Math.floor(this.#now() / 1000) + this.#seconds;
    const disposition = contentDisposition(fileName);
    signed.searchParams.set('X-Xet-Cas-Uid', user);
    signed.searchParams.set('response-content-disposition', disposition);
    signed.searchParams.set('Expires', String(expires));
    signed.searchParams.set('Policy', policy(url, expires));
    signed.searchParams.set('Signature', this.#signature(signed));
    signed.searchParams.set('Key-Pair-Id', KEY_PAIR);
    return signed;
  }

  /** As CloudFront signs the pictures of the dataset viewer. */
  signAsset(url: URL): URL {
    const signed = new URL(url);
    signed.searchParams.set('Expires', String(Math.floor(this.#now() / 1000) + this.#seconds));
    signed.searchParams.set('Signature', this.#signature(signed));
    signed.searchParams.set('Key-Pair-Id', KEY_PAIR);
    return signed;
  }

  /** Whether the URL was signed here, is unchanged, and has not expired. */
  isValid(url: URL): boolean {
    const given = Buffer.from(url.searchParams.get('Signature') ?? '');
    const right = Buffer.from(this.#signature(url));
    if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
    return Number(url.searchParams.get('Expires')) * 1000 > this.#now();
  }

  #signature(url: URL): string {
    const fields = ['X-Xet-Cas-Uid', 'response-content-disposition', 'Expires', 'Policy'];
    const covered = [url.pathname, ...fields.map((name) => url.searchParams.get(name))];
    const hmac = createHmac('sha256', this.#secret).update(JSON.stringify(covered));
    return hmac.digest('base64url');
  }
}

export function contentDisposition(fileName: string): string {
  return `inline; filename*=UTF-8''${encodeURIComponent(fileName)}; filename="${fileName.replaceAll('"', '')}";`;
}

function policy(url: URL, expires: number): string {
  const condition = { DateLessThan: { 'AWS:EpochTime': expires } };
  const statement = [{ Resource: `${url.origin}${url.pathname}*`, Condition: condition }];
  return Buffer.from(JSON.stringify({ Statement: statement })).toString('base64url');
}
