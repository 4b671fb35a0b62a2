/** A report comes a moment after the failure that it is about, in ms. */
const REPORT_MS = 300;
const MOST_MS = 10_000;

/**
 * Whether a site is there, though the page may read nothing from it. An answer that may not be read arrives as an opaque one. Under
 * cross-origin isolation the browser withholds even that, and reports that it did (Chromium: a report of the type `coep`; where there
 * are none the site counts as not there).
 */
export async function siteAnswers(address: string): Promise<boolean> {
  const reported = withheld(address);
  try {
    await fetch(address, {
      mode: 'no-cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.timeout(MOST_MS),
    });
    return true;
  } catch {
    return await reported.soon();
  } finally {
    reported.end();
  }
}

interface CoepReport {
  readonly body: { toJSON(): { readonly blockedURL?: string } } | null;
}

type Observer = new (
  callback: (reports: readonly CoepReport[]) => void,
  options: { types: readonly string[]; buffered: boolean },
) => { observe(): void; disconnect(): void };

/** Listens for the report that an answer of this address was withheld. */
function withheld(address: string) {
  const { ReportingObserver: Reports } = globalThis as unknown as {
    ReportingObserver?: Observer;
  };
  if (Reports === undefined) return { soon: () => Promise.resolve(false), end: () => undefined };
  const { origin } = new URL(address);
  let tell: (isThere: boolean) => void;
  const told = new Promise<boolean>((resolve) => (tell = resolve));
  // A redirect may have led elsewhere on the same site.
  const isOfIt = ({ body }: CoepReport) => body?.toJSON().blockedURL?.startsWith(origin) === true;
  const observer = new Reports((reports) => reports.some(isOfIt) && tell(true), {
    types: ['coep'],
    buffered: false,
  });
  observer.observe();
  return {
    soon: () => {
      setTimeout(() => tell(false), REPORT_MS);
      return told;
    },
    end: () => observer.disconnect(),
  };
}
