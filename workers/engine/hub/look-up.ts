import { AppError } from '../../../src/core/errors';
import {
  readInfo,
  readJson,
  readTreePage,
  readWhoAmI,
  type HubAccount,
} from '../../../src/core/hub/answers';
import type { Patience } from '../../../src/core/hub/back-off';
import type { HubAccess } from '../../../src/core/hub/endpoint';
import { fileUrl, infoUrl, nextCursor, treeUrl, whoAmIUrl } from '../../../src/core/hub/urls';
import type { LookUpRequest, RepositoryReport } from '../../../src/core/protocol';
import type { ModelFile } from '../../../src/models/spec';
import { request, type RequestOptions } from './request';
import { withRetries } from './retry';

/** Of 1000 files each: a repository with more is no model that runs in a browser. */
const MAX_PAGES = 20;
/** Configurations are kilobytes; a tokenizer can be some tens of megabytes. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;
const LOOK_UP_STALL_MS = 6000;
const LOOK_UP_RETRIES = 2;

interface AskOptions {
  readonly access: HubAccess;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

export function authorization({ token }: HubAccess): Readonly<Record<string, string>> {
  return token === undefined || token === '' ? {} : { Authorization: `Bearer ${token}` };
}

/** What the Hub says of a repository: commit, files, licence, and the JSON files that were asked for. @throws AppError */
export async function lookUp(
  { repository, revision, configs }: LookUpRequest,
  options: AskOptions,
): Promise<RepositoryReport> {
  const { endpoint } = options.access;
  const asked = await askJson(infoUrl(endpoint, repository, revision), options, 'repository');
  const info = readInfo(asked.value);
  const files = await listFiles(info.repository, info.commit, options);
  const found: Record<string, unknown> = {};
  for (const path of configs) {
    const file = files.find((each) => each.path === path);
    if (file === undefined) continue;
    const url = fileUrl(endpoint, info.repository, info.commit, path);
    found[path] = file.bytes > MAX_JSON_BYTES ? null : await askConfig(url, options);
  }
  return { ...info, files, configs: found };
}

/** Null where it is no JSON: that is the repository's fault, and whoever reads it says so. */
async function askConfig(url: string, options: AskOptions): Promise<unknown> {
  try {
    return (await askJson(url, options, 'file')).value;
  } catch (error) {
    if (error instanceof AppError && error.code === 'hub-unreadable') return null;
    throw error;
  }
}

/** @throws AppError `token-refused` and others */
export async function whoAmI(options: AskOptions): Promise<HubAccount> {
  if (authorization(options.access).Authorization === undefined)
    throw new AppError('token-refused', 'no token');
  return readWhoAmI(
    (await askJson(whoAmIUrl(options.access.endpoint), options, 'repository')).value,
  );
}

async function listFiles(
  repository: string,
  commit: string,
  options: AskOptions,
): Promise<readonly ModelFile[]> {
  const files: ModelFile[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const url = treeUrl(options.access.endpoint, repository, commit, cursor);
    const { value, headers } = await askJson(url, options, 'repository');
    files.push(...readTreePage(value));
    cursor = nextCursor(headers.get('link'));
    if (cursor === undefined) return files;
  }
  throw new AppError('hub-unreadable', `${repository} has too many files`);
}

async function askJson(
  url: string,
  { access, patience, signal }: AskOptions,
  about: RequestOptions['about'],
): Promise<{ readonly value: unknown; readonly headers: Headers }> {
  const headers = authorization(access);
  const short = whileSomebodyWaits(patience);
  const { stallMs } = short;
  try {
    return await withRetries(
      async () => {
        const watched = await request(url, { headers, about, stallMs, signal });
        const text = await readText(watched.pieces(), url);
        return { value: readJson(text, new URL(url).pathname), headers: watched.response.headers };
      },
      { patience: short, signal },
    );
  } catch (error) {
    // Nothing was being fetched that could be gone on with.
    if (error instanceof AppError && error.code === 'network')
      throw new AppError('hub-unreachable', error.detail);
    throw error;
  }
}

/** Somebody looks at an answer of a few kilobytes that does not come: what is wrong is said within seconds. */
function whileSomebodyWaits(patience: Patience): Patience {
  return {
    ...patience,
    stallMs: Math.min(patience.stallMs, LOOK_UP_STALL_MS),
    pausesMs: patience.pausesMs.slice(0, LOOK_UP_RETRIES),
  };
}

async function readText(pieces: AsyncGenerator<Uint8Array>, url: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of pieces) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MAX_JSON_BYTES)
      throw new AppError('hub-unreadable', `${new URL(url).pathname} is too large`);
  }
  return text + decoder.decode();
}
