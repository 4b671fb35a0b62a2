import { AppError } from '../errors';
import { parseUrl } from './endpoint';

/** What somebody pasted, as far as it names a repository. */
export type Pasted =
  | { readonly kind: 'model'; readonly id: string; readonly revision?: string }
  | { readonly kind: 'dataset' | 'space'; readonly id: string }
  | { readonly kind: 'unreadable' };

export type PastedModel = Extract<Pasted, { kind: 'model' }>;

const UNREADABLE = { kind: 'unreadable' } as const;

/** Pages of the Hub that look like an owner's. */
const NOT_OWNERS = new Set([
  'api', 'blog', 'chat', 'collections', 'docs', 'join', 'learn', 'login', 'models', 'new', 'organizations',
  'papers', 'posts', 'pricing', 'settings', 'tasks', 'terms-of-service', 'privacy',
]); // prettier-ignore

const HUB_HOST = /^(?:www\.)?(?:huggingface\.co|hf\.co)$/u;
/** As `validate_repo_id` of huggingface_hub, without its rules about the whole. */
const SEGMENT = /^[A-Za-z0-9_][\w.-]{0,95}$/u;

/**
 * Reads an id (`owner/name`, `owner/name@revision`) or an address of the Hub or of the mirror that is set: a repository's page,
 * its `tree`, `blob`, `resolve` and `raw`, its API, `hf://`. Datasets and Spaces are recognised, to say what they are.
 */
export function parseRepository(text: string, endpoint = ''): Pasted {
  const pasted = text.trim().replace(/\/+$/u, '');
  if (pasted.startsWith('hf://'))
    return fromSegments(pasted.slice('hf://'.length).split('/'), true);
  const address = asAddress(pasted, endpoint);
  if (address === undefined) return fromSegments(pasted.split('/'), true);
  if (address === null) return UNREADABLE;
  const segments = address.split('/').filter((segment) => segment !== '');
  if (segments[0] === 'api') {
    return segments[1] === 'models'
      ? fromSegments(segments.slice(2), false)
      : fromSegments(segments.slice(1), false);
  }
  return fromSegments(segments, false);
}

/** @throws AppError `repository-name-unreadable` or `repository-not-a-model` */
export function modelRepository(text: string, endpoint = ''): PastedModel {
  const pasted = parseRepository(text, endpoint);
  if (pasted.kind === 'unreadable') throw new AppError('repository-name-unreadable', text.trim());
  if (pasted.kind !== 'model')
    throw new AppError('repository-not-a-model', `${pasted.kind} ${pasted.id}`);
  return pasted;
}

/** The path of an address on the Hub or the mirror; undefined: no address; null: another site's. */
function asAddress(text: string, endpoint: string): string | null | undefined {
  const hasScheme = /^https?:\/\//iu.test(text);
  const url = parseUrl(hasScheme ? text : `https://${text}`);
  if (url === undefined) return hasScheme ? null : undefined;
  if (HUB_HOST.test(url.hostname)) return url.pathname;
  const mirror = parseUrl(endpoint);
  if (url.host === mirror?.host && (hasScheme || text.includes('/')))
    return url.pathname.slice(mirror.pathname.replace(/\/+$/u, '').length);
  return hasScheme ? null : undefined;
}

function fromSegments(segments: readonly string[], allowsAt: boolean): Pasted {
  const [first = ''] = segments;
  if (NOT_OWNERS.has(first)) return UNREADABLE;
  const isOther = first === 'datasets' || first === 'spaces';
  const [owner = '', ownName, ...rest] = isOther ? segments.slice(1) : segments;
  const [name = '', at] = allowsAt ? (ownName ?? owner).split('@') : [ownName ?? owner];
  const id = idOf(ownName === undefined ? [name] : [owner, name]);
  if (id === undefined) return UNREADABLE;
  if (isOther) return { kind: first === 'datasets' ? 'dataset' : 'space', id };
  const revision = at ?? revisionIn(rest);
  if (revision === '') return UNREADABLE;
  return revision === undefined ? { kind: 'model', id } : { kind: 'model', id, revision };
}

function idOf(parts: readonly string[]): string | undefined {
  const isId = parts.every((part) => SEGMENT.test(part) && !/--|\.\.|[.-]$|\.git$/u.test(part));
  return isId ? parts.join('/') : undefined;
}

/** Of `tree/REV/…`, `blob/REV/…` and the like; names such as `refs/pr/1` come encoded or not. */
function revisionIn([verb, ...rest]: readonly string[]): string | undefined {
  if (verb === undefined || !/^(?:tree|blob|resolve|raw|commit|revision)$/u.test(verb))
    return undefined;
  const [first = '', second, third] = rest;
  const name = first === 'refs' ? [first, second, third].join('/') : first;
  try {
    return name === '' ? undefined : decodeURIComponent(name);
  } catch {
    return '';
  }
}
