import { parseUrl } from './endpoint';

/** What somebody pasted names this dataset, and perhaps a part of it. */
export interface DatasetAddress {
  readonly kind: 'dataset';
  /** `owner/name`, or a name alone where the Hub still has it so. */
  readonly dataset: string;
  readonly config?: string;
  readonly split?: string;
  /** 0-based, of the split. */
  readonly row?: number;
  /** 0-based, of 100 rows each: where no row is named. */
  readonly page?: number;
  readonly search?: string;
  /** Branch, tag, `refs/…` or commit. */
  readonly revision?: string;
  /** A file or a folder of the repository. */
  readonly path?: string;
}

/** A text as far as it names a dataset, or what it names instead. */
export type PastedDataset =
  | DatasetAddress
  | { readonly kind: 'model' | 'space'; readonly id: string }
  | { readonly kind: 'nothing' };

/** Rows on a page of the viewer. */
export const VIEWER_PAGE_ROWS = 100;

const NOTHING = { kind: 'nothing' } as const;

const HUB_HOST = /^(?:www\.)?(?:huggingface\.co|hf\.co)$/iu;
/** As `validate_repo_id` of huggingface_hub. */
const SEGMENT = /^[A-Za-z0-9_][\w.-]{0,95}$/u;
/** What follows a dataset's id; a name of one segment is told by it from an owner's. */
const VERB = /^(?:viewer|embed|tree|blob|raw|resolve|commit|discussions|parquet|revision)$/u;
/** Pages of the Hub that look like an owner's. */
const NOT_OWNERS = new Set([
  'blog', 'chat', 'collections', 'docs', 'join', 'learn', 'login', 'models', 'new', 'organizations', 'papers',
  'posts', 'pricing', 'settings', 'tasks', 'terms-of-service', 'privacy',
]); // prettier-ignore

/**
 * Reads an id (`owner/name`) or any address that a person copies from the Hub or from the mirror that is set: a dataset's page,
 * its viewer (also embedded) with config, split, row, page and search, `tree`, `blob`, `raw`, `resolve`, the API, `hf://`.
 * An id alone is taken for a dataset's: ask `isDatasetAddress` where it might be anything.
 */
export function parseDatasetAddress(text: string, endpoint = ''): PastedDataset {
  const pasted = text.trim();
  if (/^hf:\/\//iu.test(pasted)) return fromHfUri(pasted.slice('hf://'.length));
  const url = addressOf(pasted, endpoint);
  if (url === null) return NOTHING;
  if (url === undefined) return fromId(pasted);
  const segments = url.path.split('/').filter((segment) => segment !== '');
  const api = segments[0] === 'api';
  const [first, ...rest] = api ? segments.slice(1) : segments;
  if (first === 'datasets') return fromPath(rest, url.query);
  return otherThanDataset(first === undefined ? [] : [first, ...rest], api);
}

/** Whether a text that could be anything is the address of a dataset: an id alone is not enough. */
export function isDatasetAddress(text: string, endpoint = ''): boolean {
  const pasted = text.trim();
  if (/\s/u.test(pasted) || !/^(?:[a-z]+:\/\/|datasets\/|[\w.-]+\.\w+\/)/iu.test(pasted))
    return false;
  return parseDatasetAddress(pasted, endpoint).kind === 'dataset';
}

/** The row that an address leads to, where it names one or a page. */
export function firstRowOf({ row, page }: Pick<DatasetAddress, 'row' | 'page'>): number {
  return row ?? (page ?? 0) * VIEWER_PAGE_ROWS;
}

interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Path and query of an address on the Hub or the mirror; undefined: no address; null: another site's. */
function addressOf(text: string, endpoint: string): Address | null | undefined {
  const hasScheme = /^[a-z][a-z+.-]*:\/\//iu.test(text);
  const url = parseUrl(hasScheme ? text : `https://${text}`);
  if (url === undefined) return hasScheme ? null : undefined;
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  const found = (path: string) => ({ path, query: url.searchParams });
  if (isWeb && HUB_HOST.test(url.hostname)) return found(url.pathname);
  const mirror = parseUrl(endpoint);
  if (isWeb && url.host === mirror?.host && (hasScheme || text.includes('/')))
    return found(url.pathname.slice(mirror.pathname.replace(/\/+$/u, '').length));
  return hasScheme ? null : undefined;
}

/** `owner/name`, `datasets/owner/name`, `owner/name@revision`, and what is pasted behind them. */
function fromId(text: string): PastedDataset {
  const [path = '', query = ''] = text.replace(/#.*$/u, '').split('?', 2);
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments[0] === 'datasets') return fromPath(segments.slice(1), new URLSearchParams(query));
  if (segments[0] === 'spaces') return otherThanDataset(segments, false);
  const [name = '', at] = (segments.at(-1) ?? '').split('@');
  const parts = [...segments.slice(0, -1), name];
  if (parts.length > 2) return NOTHING;
  const dataset = idOf(parts);
  if (dataset === undefined || at === '') return NOTHING;
  const { row } = queryOf(new URLSearchParams(query));
  return { kind: 'dataset', dataset, ...given('revision', at), ...given('row', row) };
}

/** `datasets/ID[@REV]/PATH` */
function fromHfUri(text: string): PastedDataset {
  const [type, ...rest] = text.split('/').filter((segment) => segment !== '');
  if (type !== 'datasets')
    return otherThanDataset(type === undefined ? [] : [type.split('@')[0] ?? '', ...rest], false);
  const at = rest.findIndex((segment, place) => place < 2 && segment.includes('@'));
  const idLength = at === -1 ? Math.min(2, rest.length) : at + 1;
  const dataset = idOf(rest.slice(0, idLength).map((part) => part.split('@')[0] ?? ''));
  const revision = at === -1 ? undefined : decoded(rest[at]?.split('@')[1] ?? '');
  if (dataset === undefined || revision === '') return NOTHING;
  const path = pathOf(rest.slice(idLength), false);
  return { kind: 'dataset', dataset, ...given('revision', revision), ...given('path', path) };
}

/** What follows `datasets/`. */
function fromPath(segments: readonly string[], query: URLSearchParams): PastedDataset {
  const isOwned = segments.length > 1 && !VERB.test(segments[1] ?? '');
  const idLength = isOwned ? 2 : 1;
  const dataset = idOf(segments.slice(0, idLength));
  if (dataset === undefined) return NOTHING;
  const [verb, ...rest] = segments.slice(idLength);
  const base = { kind: 'dataset', dataset } as const;
  switch (verb) {
    case 'embed':
      return rest[0] === 'viewer' ? { ...base, ...viewerPart(rest.slice(1), query) } : base;
    case 'viewer':
      return { ...base, ...viewerPart(rest, query) };
    case 'tree':
    case 'blob':
    case 'raw':
    case 'resolve':
    case 'commit':
    case 'revision':
      return filePart(base, rest);
    default:
      return { ...base, ...queryOf(query) };
  }
}

function viewerPart(
  [config, split]: readonly string[],
  query: URLSearchParams,
): Partial<DatasetAddress> {
  return {
    ...given('config', decoded(config)),
    ...given('split', decoded(split)),
    ...queryOf(query),
  };
}

function queryOf(query: URLSearchParams): Partial<DatasetAddress> {
  const search = query.get('search') ?? undefined;
  return {
    ...given('row', wholeNumber(query.get('row'))),
    ...given('page', wholeNumber(query.get('p'))),
    ...given('search', search === '' ? undefined : search),
  };
}

/** `REV[/PATH]`; names such as `refs/convert/parquet` come encoded or not. */
function filePart(base: DatasetAddress, rest: readonly string[]): PastedDataset {
  const isRef = rest[0] === 'refs';
  const revision = decoded(isRef ? rest.slice(0, 3).join('/') : rest[0]);
  const path = pathOf(rest.slice(isRef ? 3 : 1), true);
  if (revision === undefined || (isRef && rest.length < 3)) return base;
  return { ...base, revision, ...given('path', path) };
}

function pathOf(segments: readonly string[], isEncoded: boolean): string | undefined {
  if (segments.length === 0) return undefined;
  const parts = segments.map((segment) => (isEncoded ? (decoded(segment) ?? segment) : segment));
  return parts.some((part) => part === '..' || part === '.') ? undefined : parts.join('/');
}

function otherThanDataset(segments: readonly string[], isApi: boolean): PastedDataset {
  const [first = '', ...rest] = segments;
  const type = first === 'spaces' ? 'space' : 'model';
  const isTyped = first === 'spaces' || (isApi && first === 'models');
  const [owner = '', name] = isTyped ? rest : segments;
  if (!isTyped && (NOT_OWNERS.has(owner) || owner === 'api')) return NOTHING;
  // The page of an owner is no repository; a model of one segment is an old one, such as gpt2.
  const id = idOf(name === undefined || VERB.test(name) ? [owner] : [owner, name]);
  return id === undefined ? NOTHING : { kind: type, id };
}

function idOf(parts: readonly string[]): string | undefined {
  const isId =
    parts.length > 0 &&
    parts.every((part) => SEGMENT.test(part) && !/--|\.\.|[.-]$|\.git$/u.test(part));
  return isId ? parts.join('/') : undefined;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/u.test(text) ? Number(text) : undefined;
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}
