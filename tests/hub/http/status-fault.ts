import type { Fault } from '../faults';
import { removeCors } from './cors';
import type { Exchange } from './exchange';
import { failures, HubFailure } from './failure';
import { bucketOf } from './hub-headers';
import { VIEWER_ERRORS } from './viewer-errors';

const STATUS_KINDS = [
  'unauthorized',
  'gated',
  'not-found',
  'disabled',
  'rate-limited',
  'server-error',
  'expired-signature',
  'viewer-error',
] as const satisfies readonly Fault['kind'][];

type StatusFault = Extract<Fault, { kind: (typeof STATUS_KINDS)[number] }>;

/** The error that a fault orders for this request; also takes the CORS headers away where a fault says so. */
export function failureOf({
  request,
  response,
  record,
  services,
  subject,
  url,
}: Exchange): HubFailure | undefined {
  const { faults } = services;
  const hidden = faults.take(['redirect-without-cors'], subject);
  if (hidden !== undefined) {
    record.faults.push(hidden.kind);
    removeCors(response);
  }
  const fault = faults.take(STATUS_KINDS, subject);
  if (fault === undefined) return undefined;
  record.faults.push(fault.kind);
  // What the client still sends is of no interest, but must not stay in the connection.
  request.resume();
  return failureFor(fault, subject.repo ?? '', bucketOf(url));
}

function failureFor(fault: StatusFault, repo: string, bucket: string): HubFailure {
  switch (fault.kind) {
    case 'unauthorized':
      return failures.unauthorized();
    case 'gated':
      return fault.status === 403 ? failures.gatedAsk(repo) : failures.gatedLogIn(repo);
    case 'not-found':
      return notFound(fault.what ?? 'entry');
    case 'disabled':
      return failures.disabled();
    case 'rate-limited':
      return failures.rateLimited(bucket, fault.retryAfterSeconds ?? 1);
    case 'server-error':
      return failures.broken(fault.status);
    case 'viewer-error': {
      const [status, message] = VIEWER_ERRORS[fault.code];
      return new HubFailure(status, message, fault.code);
    }
    case 'expired-signature':
      return new HubFailure(403, 'Access denied');
  }
}

function notFound(what: 'entry' | 'revision' | 'repository' | 'bare'): HubFailure {
  if (what === 'entry') return failures.entryNotFound();
  if (what === 'revision') return failures.revisionNotFound('main');
  return what === 'repository' ? failures.repoNotFound() : new HubFailure(404, 'Not Found');
}
