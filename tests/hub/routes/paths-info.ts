import * as v from 'valibot';

import { failures } from '../http/failure';
import type { Route } from '../http/site';
import { fileJson, folderJson } from './entry-json';
import { findCommit, findRepo } from './find';
import { apiPattern, ID, REVISION } from './paths';

const bodySchema = v.object({ paths: v.array(v.string()), expand: v.optional(v.boolean(), false) });

/** `POST /api/models/ID/paths-info/REV`: like the tree, for the paths in the body; those that aren't there are left out. */
export const pathsInfo: Route = {
  method: 'POST',
  pattern: apiPattern(`${ID}/paths-info/${REVISION}`),
  stage: 'api',
  async answer(exchange, params) {
    const repo = findRepo(exchange, params, 'readable');
    const commit = findCommit(repo, params.revision);
    const type = exchange.header('content-type') ?? '';
    const { paths, expand } = bodyOf(await exchange.requestText(), type);
    const rows = paths.flatMap((path) => {
      const entry = commit.entries.get(path);
      if (entry !== undefined) return [fileJson(entry, commit, expand)];
      const isFolder = path !== '' && commit.folders.has(path);
      return isFolder ? [folderJson(path, commit, expand)] : [];
    });
    await exchange.sendJson(rows, 200, { 'X-Repo-Commit': commit.sha });
  },
};

/** JSON, or a form as the Python client sends it. */
function bodyOf(text: string, type: string): v.InferOutput<typeof bodySchema> {
  if (type.includes('x-www-form-urlencoded')) {
    const form = new URLSearchParams(text);
    return { paths: form.getAll('paths'), expand: form.get('expand')?.toLowerCase() === 'true' };
  }
  try {
    return v.parse(bodySchema, JSON.parse(text));
  } catch {
    throw failures.badRequest('Invalid request body: paths must be a list of strings');
  }
}
