import { createHash } from 'node:crypto';

import { HubFailure } from '../http/failure';
import { sendFile } from '../http/send-file';
import type { Params, Route } from '../http/site';
import type { Entry, Repo } from '../repo/repo';
import type { Services } from '../services';

/** `GET` of a signed URL on the CDN: the bytes of an LFS file, whole or in part. */
export const object: Route = {
  method: 'GET',
  pattern:
    /^\/(?:xet-bridge-us|repos\/[0-9a-f]{2})\/(?<key>[0-9a-f]{24})\/(?<object>[0-9a-f]{64})$/,
  stage: 'content',
  about(params, url, services) {
    const found = find(params, url, services);
    return { repo: found?.repo.id, file: found?.entry?.path };
  },
  async answer(exchange, params) {
    const { url, services } = exchange;
    if (!services.signer.isValid(url)) throw new HubFailure(403, 'Access denied');
    const entry = find(params, url, services)?.entry;
    if (entry === undefined) throw new HubFailure(404, 'The specified key does not exist.');
    await sendFile(exchange, entry.content, {
      ETag: `"${storageEtag(params.object ?? '')}"`,
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': url.searchParams.get('response-content-disposition') ?? 'inline',
      'Cache-Control': 'public, max-age=31536000',
      'X-Cache': 'Hit from cloudfront',
    });
  },
};

/** The store's own, which is neither the SHA-256 nor Xet's hash: who compares it with them is to notice. */
function storageEtag(name: string): string {
  return createHash('md5').update(name).digest('hex');
}

function find(
  params: Params,
  url: URL,
  { repos }: Services,
): { repo: Repo; entry: Entry | undefined } | undefined {
  const repo = repos.withKey(params.key ?? '');
  const disposition = url.searchParams.get('response-content-disposition') ?? '';
  const name = /filename="([^"]*)"/.exec(disposition)?.[1] ?? '';
  return repo && { repo, entry: repo.object(params.object ?? '', name) };
}
