import type { Fault, Span } from './faults';
import type { SiteName, Stage, Subject } from './subject';

/** A request as it came and what became of it. */
export interface RequestRecord extends Subject {
  id: number;
  /** As the client named it, with the port. */
  host: string;
  /** Path and query, as sent. */
  target: string;
  headers: Readonly<Record<string, string>>;
  status: number | undefined;
  /** The part of the file that the answer was to bring. */
  span: Span | undefined;
  /** Of the body, handed to the network: with a client that goes away, at most its socket's buffer too much. */
  sentBytes: number;
  outcome: 'open' | 'complete' | 'cut' | 'aborted';
  faults: Fault['kind'][];
  /** Of `performance.now()`. */
  startedMs: number;
  endedMs: number | undefined;
}

export interface TrafficFilter {
  site?: SiteName;
  stage?: Stage;
  repo?: string;
  file?: string;
  method?: string;
  /** Only requests that came after that one: `mark()` gives the number. */
  after?: number;
}

export interface TrafficTotals {
  requests: number;
  sentBytes: number;
  /** Bytes of the files that were sent at least once. */
  uniqueBytes: number;
  /** Bytes of the files that were sent again, however often. */
  repeatedBytes: number;
  /** The longest part that one request asked for. */
  longestBytes: number;
  /** How many were being answered at the same time. */
  mostAtOnce: number;
}

/** A log of everything that was asked, and what can be counted from it. */
export class Traffic {
  readonly #records: RequestRecord[] = [];
  readonly #waiting = new Set<() => void>();
  #nextId = 1;

  begin(
    request: Pick<RequestRecord, 'host' | 'target' | 'headers'>,
    subject: Subject,
    isLogged: boolean,
  ): RequestRecord {
    const record: RequestRecord = {
      ...subject,
      ...request,
      id: this.#nextId++,
      status: undefined,
      span: undefined,
      sentBytes: 0,
      outcome: 'open',
      faults: [],
      startedMs: performance.now(),
      endedMs: undefined,
    };
    if (isLogged) this.#records.push(record);
    return record;
  }

  end(record: RequestRecord, outcome: Exclude<RequestRecord['outcome'], 'open'>): void {
    if (record.outcome !== 'open') return;
    record.outcome = outcome;
    record.endedMs = performance.now();
    if (this.#isIdle()) for (const resolve of this.#waiting) resolve();
  }

  /** Waits until no request is being answered: a client may have its answer before the server has booked it. */
  async idle(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => {
      this.#waiting.add(resolve);
    });
    this.#waiting.clear();
  }

  /** The number of the latest request, for `after`. */
  mark(): number {
    return this.#nextId - 1;
  }

  reset(): void {
    this.#records.length = 0;
  }

  requests(filter: TrafficFilter = {}): RequestRecord[] {
    const { after = 0, ...fields } = filter;
    return this.#records.filter(
      (record) =>
        record.id > after &&
        Object.entries(fields).every(([name, value]) => record[name as keyof Subject] === value),
    );
  }

  totals(filter: TrafficFilter = {}): TrafficTotals {
    const records = this.requests(filter);
    const sent = sentByFile(records);
    const inFiles = [...sent.values()].flat().reduce((sum, span) => sum + lengthOf(span), 0);
    const uniqueBytes = [...sent.values()].reduce((sum, spans) => sum + unionLength(spans), 0);
    return {
      requests: records.length,
      sentBytes: records.reduce((sum, record) => sum + record.sentBytes, 0),
      uniqueBytes,
      repeatedBytes: inFiles - uniqueBytes,
      longestBytes: records.reduce((most, { span }) => Math.max(most, lengthOf(span)), 0),
      mostAtOnce: mostAtOnce(records),
    };
  }

  #isIdle(): boolean {
    return this.#records.every(({ outcome }) => outcome !== 'open');
  }

  /**
   * The requests that carry a secret where it must not be: in a URL anywhere, or in a header to any site but the Hub and
   * the API of its viewer. Empty, if it was sent to those alone.
   */
  leaks(secret: string): RequestRecord[] {
    const has = (text: string): boolean => text.includes(secret) || decoded(text).includes(secret);
    return this.#records.filter(({ site, stage, target, headers }) => {
      if (has(target)) return true;
      const entries = Object.entries(headers);
      const isFor = site === 'hub' || (site === 'viewer' && stage === 'api');
      return entries.some(([name, value]) => !(isFor && name === 'authorization') && has(value));
    });
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function sentByFile(records: readonly RequestRecord[]): Map<string, Span[]> {
  const files = new Map<string, Span[]>();
  for (const { stage, repo, file, span, sentBytes } of records) {
    if (stage !== 'content' || span === undefined || sentBytes === 0) continue;
    const key = JSON.stringify([repo, file]);
    const sent = { start: span.start, end: Math.min(span.end, span.start + sentBytes) };
    files.set(key, [...(files.get(key) ?? []), sent]);
  }
  return files;
}

function lengthOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start;
}

function unionLength(spans: readonly Span[]): number {
  let length = 0;
  let reached = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    length += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return length;
}

function mostAtOnce(records: readonly RequestRecord[]): number {
  const changes = records.flatMap(({ startedMs, endedMs }) => [
    { atMs: startedMs, by: 1 },
    { atMs: endedMs ?? Infinity, by: -1 },
  ]);
  let open = 0;
  let most = 0;
  // One that ends as another starts was not beside it.
  for (const { by } of changes.sort((a, b) => a.atMs - b.atMs || a.by - b.by)) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}
