import JSZip from 'jszip';
import type { ProjectData } from '../storage/project';

/** Format and version of the file, in its `project.json`. */
const FORMAT = 'vlm-image-analysis/project';
const VERSION = 1;

export class ProjectFileError extends Error {}

const MOST_BYTES = 4 * 1024 ** 3;
const SHA256 = /^[0-9a-f]{64}$/u;

/** One ZIP: JSON lines, and the pictures under their hashes with the ending of their media type. */
export async function toProjectFile(parts: ProjectData): Promise<Blob> {
  const zip = new JSZip();
  zip.file('project.json', JSON.stringify({ format: FORMAT, version: VERSION }));
  zip.file('runs.jsonl', toLines(parts.runs));
  zip.file('records.jsonl', toLines(parts.records));
  zip.file('edits.jsonl', toLines(parts.edits));
  for (const [folder, files] of [
    ['pictures', parts.pictures],
    ['thumbnails', parts.thumbnails],
  ] as const) {
    for (const [sha256, blob] of files) {
      const path = `${folder}/${sha256}.${blob.type.split('/')[1] ?? 'bin'}`;
      zip.file(path, await blob.arrayBuffer(), { compression: 'STORE' });
    }
  }
  return zip.generateAsync({ type: 'blob', compression: 'DEFLATE' });
}

/** @throws ProjectFileError where the file is no project, or one of a newer version */
export async function fromProjectFile(file: Blob): Promise<ProjectData> {
  if (file.size > MOST_BYTES) throw new ProjectFileError('it is larger than 4 GB');
  const zip = await JSZip.loadAsync(await file.arrayBuffer()).catch((error: unknown) => {
    throw new ProjectFileError('it is no ZIP, or a damaged one', { cause: error });
  });
  await checkHead(zip);
  const edits = (await lines(zip, 'edits.jsonl')).filter(isTriple);
  return {
    runs: await lines(zip, 'runs.jsonl'),
    records: (await lines(zip, 'records.jsonl')).filter(isPair),
    edits,
    pictures: await blobs(zip, 'pictures'),
    thumbnails: await blobs(zip, 'thumbnails'),
  };
}

async function checkHead(zip: JSZip): Promise<void> {
  const head = (await zip.file('project.json')?.async('string')) ?? 'null';
  const { format, version } = (parsed(head) ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw new ProjectFileError('it is a ZIP, but no project of this app');
  if (version !== VERSION) {
    throw new ProjectFileError('a newer version of the app wrote it; reload to get that version');
  }
}

function toLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** Values of a file with a JSON value a line; lines that are none are left out. */
async function lines(zip: JSZip, path: string): Promise<unknown[]> {
  const text = (await zip.file(path)?.async('string')) ?? '';
  return text.split('\n').flatMap((line) => {
    const value = parsed(line);
    return value === undefined ? [] : [value];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isPair(value: unknown): value is readonly [string, unknown] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}

function isTriple(value: unknown): value is readonly [string, string, unknown] {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'string'
  );
}

/** The files of a folder that are named by a hash; others are nothing of ours. */
async function blobs(zip: JSZip, folder: string): Promise<ReadonlyMap<string, Blob>> {
  const found = new Map<string, Blob>();
  for (const entry of zip.file(new RegExp(`^${folder}/[^/]+$`, 'u'))) {
    const [sha256 = '', ending = ''] = entry.name.slice(folder.length + 1).split('.');
    if (!SHA256.test(sha256)) continue;
    found.set(sha256, new Blob([await entry.async('arraybuffer')], { type: `image/${ending}` }));
  }
  return found;
}
