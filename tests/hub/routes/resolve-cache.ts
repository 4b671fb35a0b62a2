import { gzipSync } from 'node:zlib';

import type { Exchange } from '../http/exchange';
import { sendFile } from '../http/send-file';
import type { Route } from '../http/site';
import { readAll } from '../repo/content';
import type { Entry } from '../repo/repo';
import { findCommit, findEntry, findRepo } from './find';
import { ID, TYPE } from './paths';
import { inlineAs } from './resolve';

const BINARY = /\.(?:png|jpe?g|gif|webp|ico|onnx|bin|data|safetensors|gguf|wasm|npy|zip|gz)$/i;
/** CloudFront compresses no less. */
const GZIP_FROM_BYTES = 1000;

/** `GET /api/resolve-cache/models/ID/SHA/PATH`: a file that git holds, from the Hub's own origin. */
export const resolveCache: Route = {
  method: 'GET',
  pattern: new RegExp(`^/api/resolve-cache/${TYPE}/${ID}/(?<revision>[0-9a-f]{40})/(?<path>.+)$`),
  stage: 'content',
  async answer(exchange, params) {
    const repo = findRepo(exchange, params, 'downloadable');
    const commit = findCommit(repo, params.revision);
    exchange.setHeaders({ 'X-Repo-Commit': commit.sha });
    const entry = findEntry(commit, params.path);
    const isBinary = BINARY.test(entry.path);
    const headers = {
      ETag: `"${entry.oid}"`,
      'Content-Type': isBinary ? 'application/octet-stream' : 'text/plain; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      ...inlineAs(entry.path),
    };
    if (!isBinary && isGzipped(exchange, entry)) await sendGzipped(exchange, entry, headers);
    else await sendFile(exchange, entry.content, headers);
  },
};

/** Compressed on the fly where the client takes it and asks for no range; not where a fault counts bytes. */
function isGzipped({ request, services, subject }: Exchange, { content }: Entry): boolean {
  return (
    content.size >= GZIP_FROM_BYTES &&
    request.method === 'GET' &&
    request.headers.range === undefined &&
    String(request.headers['accept-encoding']).includes('gzip') &&
    !services.faults.hasBodyFault(subject)
  );
}

/** Then neither Content-Length nor Accept-Ranges is there, and the ETag is a weak one. */
async function sendGzipped(
  exchange: Exchange,
  { content }: Entry,
  headers: Readonly<Record<string, string>> & { ETag: string },
): Promise<void> {
  const { response, record } = exchange;
  const packed = gzipSync(await readAll(content));
  exchange.setHeaders({ ...headers, ETag: `W/${headers.ETag}`, 'Content-Encoding': 'gzip' });
  response.appendHeader('Vary', 'Accept-Encoding');
  record.span = { start: 0, end: content.size };
  response.write(packed);
  await new Promise<void>((resolve) => {
    response.end(resolve);
    response.once('close', resolve);
  });
  if (response.writableFinished) record.sentBytes = content.size;
}
