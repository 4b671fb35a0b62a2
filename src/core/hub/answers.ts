import { readAnswer } from './read-answer';
import * as v from 'valibot';
import type { ModelFile } from '../../models/spec';
import { AppError } from '../errors';

const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const sha1 = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/u));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));

/** A page of `GET /api/models/ID/tree/REV?recursive=true`; fields as in huggingface.js, list-files.ts. */
const treeSchema = v.array(
  v.variant('type', [
    v.object({
      type: v.literal('file'),
      path: v.pipe(v.string(), v.nonEmpty()),
      size: bytes,
      oid: sha1,
      lfs: v.optional(v.object({ oid: sha256, size: bytes })),
    }),
    v.object({ type: v.literal('directory') }),
    v.object({ type: v.literal('unknown') }),
  ]),
);

/** `GET /api/models/ID/revision/REV`; what the app does not need is left out, what may be missing is. */
const infoSchema = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  sha: sha1,
  gated: v.fallback(v.union([v.literal(false), v.picklist(['auto', 'manual'])]), false),
  private: v.fallback(v.boolean(), false),
  disabled: v.fallback(v.boolean(), false),
  tags: v.fallback(v.array(v.string()), []),
  pipeline_tag: v.fallback(v.optional(v.string()), undefined),
  library_name: v.fallback(v.optional(v.string()), undefined),
  lastModified: v.fallback(v.optional(v.string()), undefined),
  cardData: v.fallback(
    v.optional(
      v.object({
        license: v.fallback(v.optional(v.union([v.string(), v.array(v.string())])), undefined),
        license_name: v.fallback(v.optional(v.string()), undefined),
        license_link: v.fallback(v.optional(v.string()), undefined),
      }),
    ),
    undefined,
  ),
});

const whoAmISchema = v.object({
  name: v.string(),
  auth: v.fallback(
    v.optional(v.object({ accessToken: v.optional(v.object({ role: v.optional(v.string()) })) })),
    undefined,
  ),
});

export interface Licence {
  /** As its tag says: `apache-2.0`, or `other` and then perhaps a name. */
  readonly id: string;
  readonly name?: string;
  /** A web address; nothing where the card names a file. */
  readonly link?: string;
}

export interface RepositoryInfo {
  /** As the Hub writes it now: a repository that was renamed answers with its new name. */
  readonly repository: string;
  /** The full id of the commit that the revision stands for. */
  readonly commit: string;
  readonly licence: Licence | null;
  readonly gated: false | 'auto' | 'manual';
  readonly isPrivate: boolean;
  readonly tags: readonly string[];
  readonly pipelineTag?: string;
  readonly libraryName?: string;
  /** ISO 8601 */
  readonly lastModified?: string;
}

export interface HubAccount {
  readonly name: string;
  /** `read`, `write` or `fineGrained`, where the Hub says so. */
  readonly tokenRole?: string;
}

/** @throws AppError `hub-unreadable` */
export function readTreePage(value: unknown): readonly ModelFile[] {
  return read(treeSchema, value, 'list of files').flatMap((entry): ModelFile[] => {
    if (entry.type !== 'file') return [];
    const { path, size, oid, lfs } = entry;
    return [
      lfs === undefined
        ? { path, bytes: size, gitOid: oid }
        : { path, bytes: lfs.size, sha256: lfs.oid },
    ];
  });
}

/** @throws AppError `hub-unreadable` or `repository-disabled` */
export function readInfo(value: unknown): RepositoryInfo {
  const info = read(infoSchema, value, 'repository');
  if (info.disabled) throw new AppError('repository-disabled', info.id);
  const { pipeline_tag: pipelineTag, library_name: libraryName, lastModified } = info;
  return {
    repository: info.id,
    commit: info.sha,
    licence: licenceOf(info),
    gated: info.gated,
    isPrivate: info.private,
    tags: info.tags,
    ...(pipelineTag === undefined ? {} : { pipelineTag }),
    ...(libraryName === undefined ? {} : { libraryName }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

/** @throws AppError `hub-unreadable` */
export function readWhoAmI(value: unknown): HubAccount {
  const { name, auth } = read(whoAmISchema, value, 'account');
  const tokenRole = auth?.accessToken?.role;
  return tokenRole === undefined ? { name } : { name, tokenRole };
}

/** A JSON file of a repository. @throws AppError `hub-unreadable`, also for an HTML page in its place */
export function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const start = text.trimStart().slice(0, 40).replace(/\s+/gu, ' ');
    throw new AppError('hub-unreadable', `${what} is no JSON: ${start}`);
  }
}

function licenceOf({ cardData, tags }: v.InferOutput<typeof infoSchema>): Licence | null {
  const tag = tags.find((each) => each.startsWith('license:'))?.slice('license:'.length);
  const named = cardData?.license;
  const id = (typeof named === 'string' ? named : named?.[0]) ?? tag;
  if (id === undefined) return null;
  const { license_name: name, license_link: link } = cardData ?? {};
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(link?.startsWith('https://') === true ? { link } : {}),
  };
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  what: string,
): v.InferOutput<Schema> {
  return readAnswer(schema, value, { what, code: 'hub-unreadable' });
}
