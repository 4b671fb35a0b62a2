import * as v from 'valibot';

import { VIEWER_ERROR_CODES } from './http/viewer-errors';
import type { SiteName, Stage, Subject } from './subject';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Which requests a fault is for; a field that is left out matches all. */
const where = {
  repo: v.optional(v.string()),
  /** The file's path in the repository. */
  file: v.optional(v.string()),
  /** Part of the request's path, for requests that are about no file. */
  url: v.optional(v.string()),
  /** Which hop; each kind has its own default. */
  stage: v.optional(v.picklist(['api', 'resolve', 'content'])),
  method: v.optional(v.picklist(['GET', 'HEAD', 'POST'])),
  /** Which origin; the viewer only where it is named. */
  site: v.optional(v.picklist(['hub', 'cdn', 'viewer'])),
  /** Only an answer that brings this byte of the file. */
  covering: v.optional(count),
  /** How many matching requests go well before. */
  skip: v.optional(count),
  /** How many requests it hits, by default one; null for all from then on. */
  times: v.optional(v.nullable(count)),
};

export const faultSchema = v.variant('kind', [
  v.strictObject({ ...where, kind: v.literal('unauthorized') }),
  v.strictObject({
    ...where,
    kind: v.literal('gated'),
    status: v.optional(v.picklist([401, 403])),
  }),
  v.strictObject({
    ...where,
    kind: v.literal('not-found'),
    what: v.optional(v.picklist(['entry', 'revision', 'repository', 'bare'])),
  }),
  v.strictObject({ ...where, kind: v.literal('disabled') }),
  v.strictObject({
    ...where,
    kind: v.literal('rate-limited'),
    retryAfterSeconds: v.optional(count),
  }),
  v.strictObject({ ...where, kind: v.literal('server-error'), status: v.optional(count) }),
  v.strictObject({ ...where, kind: v.literal('expired-signature') }),
  /** One of the dataset viewer's own. */
  v.strictObject({
    ...where,
    kind: v.literal('viewer-error'),
    code: v.picklist(VIEWER_ERROR_CODES),
  }),
  v.strictObject({ ...where, kind: v.literal('redirect-without-cors') }),
  v.strictObject({ ...where, kind: v.literal('no-range') }),
  /** The connection ends after this many bytes of the body, though more were announced. */
  v.strictObject({ ...where, kind: v.literal('cut'), afterBytes: count }),
  /** The body stops after this many bytes and goes on after `forMs`, or when it is let go, or never. */
  v.strictObject({
    ...where,
    kind: v.literal('stall'),
    afterBytes: count,
    forMs: v.optional(count),
  }),
  /** The bits of these bytes of the file are turned over. */
  v.strictObject({
    ...where,
    kind: v.literal('wrong-bytes'),
    offset: count,
    length: v.optional(count),
  }),
  v.strictObject({ ...where, kind: v.literal('slow'), bytesPerSecond: count }),
]);

export type Fault = v.InferOutput<typeof faultSchema>;
export type FaultKind = Fault['kind'];
type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

interface ArmedFault {
  fault: Fault;
  skip: number;
  /** How many requests it is still for. */
  left: number;
  hits: number;
}

/** Part of a file that an answer brings; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

const BODY_KINDS: readonly FaultKind[] = ['cut', 'stall', 'wrong-bytes', 'slow', 'no-range'];

/** The faults that wait for a request, in the order in which they were ordered. */
export class FaultTable {
  #armed: ArmedFault[] = [];
  readonly #stalled = new Set<() => void>();

  add(...faults: Fault[]): void {
    for (const fault of faults) {
      const left = fault.times === null ? Infinity : (fault.times ?? 1);
      this.#armed.push({ fault, skip: fault.skip ?? 0, left, hits: 0 });
    }
  }

  /** Forgets all faults; a stalled answer goes on. */
  clear(): void {
    this.#armed = [];
    this.release();
  }

  /** Lets every stalled answer go on. */
  release(): void {
    for (const goOn of this.#stalled) goOn();
  }

  /** How often each fault has hit, so that a test can tell that its fault happened at all. */
  list(): { fault: Fault; hits: number }[] {
    return this.#armed.map(({ fault, hits }) => ({ fault, hits }));
  }

  /** The first fault of these kinds that is due for the request; it counts as having hit. */
  take<K extends FaultKind>(
    kinds: readonly K[],
    subject: Subject,
    span?: Span,
  ): FaultOf<K> | undefined {
    for (const armed of this.#armed) {
      if (armed.left === 0 || !isOfKind(armed.fault, kinds)) continue;
      if (!matches(armed.fault, subject, span)) continue;
      if (armed.skip > 0) {
        armed.skip--;
        continue;
      }
      armed.left--;
      armed.hits++;
      return armed.fault;
    }
    return undefined;
  }

  /** Whether a fault waits that changes how this file's bytes are sent. */
  hasBodyFault(subject: Subject): boolean {
    return this.#armed.some(
      ({ fault, left }) =>
        left > 0 && BODY_KINDS.includes(fault.kind) && matches(fault, subject, undefined),
    );
  }

  /** Waits until the time is over, `release` is called, or the client is gone. */
  async stall(forMs: number | undefined, gone: AbortSignal): Promise<void> {
    if (gone.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = forMs === undefined ? undefined : setTimeout(goOn, forMs);
      const stalled = this.#stalled;
      function goOn(): void {
        clearTimeout(timer);
        stalled.delete(goOn);
        resolve();
      }
      stalled.add(goOn);
      gone.addEventListener('abort', goOn, { once: true });
    });
  }
}

function isOfKind<K extends FaultKind>(fault: Fault, kinds: readonly K[]): fault is FaultOf<K> {
  return (kinds as readonly FaultKind[]).includes(fault.kind);
}

/** The control site is never hit: it must be able to take a fault away again. */
function sitesOf(fault: Fault): readonly SiteName[] {
  if (fault.site !== undefined) return [fault.site];
  if (fault.kind === 'viewer-error') return ['viewer'];
  return fault.kind === 'expired-signature' ? ['cdn'] : ['hub', 'cdn'];
}

function stagesOf(fault: Fault): readonly Stage[] {
  if (fault.stage !== undefined) return [fault.stage];
  if (fault.kind === 'expired-signature' || BODY_KINDS.includes(fault.kind)) return ['content'];
  return fault.kind === 'redirect-without-cors' ? ['resolve'] : ['api', 'resolve'];
}

function matches(fault: Fault, subject: Subject, span: Span | undefined): boolean {
  return (
    sitesOf(fault).includes(subject.site) &&
    stagesOf(fault).includes(subject.stage) &&
    (fault.repo ?? subject.repo) === subject.repo &&
    (fault.file ?? subject.file) === subject.file &&
    (fault.method ?? subject.method) === subject.method &&
    subject.pathname.includes(fault.url ?? '') &&
    (span === undefined || reaches(fault, span))
  );
}

/** Whether the answer brings the bytes that the fault is about: else the fault waits for one that does. */
function reaches(fault: Fault, { start, end }: Span): boolean {
  const has = (offset: number): boolean => start <= offset && offset < end;
  if (fault.covering !== undefined && !has(fault.covering)) return false;
  if (fault.kind === 'wrong-bytes') {
    return fault.offset < end && fault.offset + (fault.length ?? 1) > start;
  }
  if (fault.kind === 'cut' || fault.kind === 'stall') return has(start + fault.afterBytes);
  return true;
}
