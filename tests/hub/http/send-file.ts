import type { Content } from '../repo/content';
import type { Exchange } from './exchange';
import { parseRange } from './range';
import { sendBody } from './send';

/** Answers with a file or the part of it that the request asks for: 200, 206, 304 or 416. */
export async function sendFile(
  exchange: Exchange,
  content: Content,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { response, record, services, subject } = exchange;
  const { size } = content;
  const etag = headers.ETag ?? '';
  exchange.setHeaders(headers);
  if (exchange.header('if-none-match')?.includes(etag) === true) {
    response.writeHead(304).end();
    return;
  }
  const wanted = exchange.header('range');
  const noRange = wanted === undefined ? undefined : services.faults.take(['no-range'], subject);
  if (noRange !== undefined) record.faults.push(noRange.kind);
  const stale = (exchange.header('if-range') ?? etag) !== etag;
  const range = parseRange(noRange === undefined && !stale ? wanted : undefined, size);
  if (noRange === undefined) response.setHeader('Accept-Ranges', 'bytes');
  if (range.kind === 'unsatisfiable') {
    exchange.setHeaders({ 'Content-Range': `bytes */${size}`, 'Content-Length': 0 });
    response.writeHead(416).end();
    return;
  }
  const span = range.kind === 'part' ? range : { start: 0, end: size };
  if (!exchange.isHead) record.span = { start: span.start, end: span.end };
  response.statusCode = range.kind === 'part' ? 206 : 200;
  response.setHeader('Content-Length', span.end - span.start);
  if (range.kind === 'part') {
    response.setHeader('Content-Range', `bytes ${span.start}-${span.end - 1}/${size}`);
  }
  await sendBody(exchange, content, span);
}
