import { AppError, toErrorData, type ErrorCode, type ErrorData } from '../core/errors';
import {
  beginsLikePicture,
  BEGINNING_BYTES,
  folderOf,
  hasNoEnding,
  isArchiveName,
  isCaptionList,
  isHiddenName,
  isPictureName,
  isTextName,
  nameOf,
  stemOf,
} from '../core/picture-names';
import { readCaptionList } from './caption-list';
import type { Candidate } from './intake';
import { sidecarText } from './sidecars';

/** A file of a folder or an archive, before anybody has looked into it. */
export interface ContainedFile {
  /** From the folder or archive on, parts divided by "/". */
  readonly path: string;
  /** Its bytes. @throws AppError */
  open(): Promise<Blob>;
  /** Why it is refused whatever is in it. */
  readonly problem?: ErrorData;
}

/** What stands beside a picture and says what it shows. */
export type Beside = Pick<Candidate, 'sidecar'>;

interface Ways<F extends ContainedFile> {
  /** A picture as what the intake takes; it may read facts of the file. @throws AppError */
  readonly toCandidate: (file: F, beside: Beside) => Promise<Candidate> | Candidate;
  /** What is said where there is no picture; nothing is where that is no mistake. */
  readonly empty?: ErrorCode;
  /** Files that were picked one by one: what is no picture is refused by name, not left out and counted. */
  readonly isPicked?: boolean;
  /** Told at the end: how many files were left out. */
  onLeftOut?(count: number): void;
}

/** Facts of so many files are read at a time. */
const AT_ONCE = 64;

/**
 * The pictures of a folder or an archive with the captions that stand beside them: `beach.txt` beside `beach.jpg`, and
 * `metadata.jsonl` or `metadata.csv` in its folder or one above. What systems leave for themselves is passed over in silence.
 * @param folders the files of one folder at a time, a folder before those inside it
 * @throws AppError `empty`, and what the listing throws
 */
export async function* picturesOf<F extends ContainedFile>(
  folders: AsyncIterable<readonly F[]> | Iterable<readonly F[]>,
  ways: Ways<F>,
): AsyncGenerator<Candidate> {
  const captions = new Map<string, { readonly list: string; readonly text: string }>();
  let found = 0;
  let leftOut = 0;
  for await (const all of folders) {
    const files = all.filter(({ path }) => !path.split('/').some(isHiddenName));
    for (const list of files.filter(({ path }) => isCaptionList(nameOf(path)))) {
      const refused = await addCaptions(list, captions);
      if (refused !== undefined) yield refused;
    }
    const texts = textsByStem(files);
    const besides = (path: string): Beside => {
      const text = texts.get(stemOf(path));
      if (text !== undefined && text.path !== path) return besideText(text);
      const listed = captions.get(path);
      return listed === undefined
        ? {}
        : { sidecar: { name: nameOf(listed.list), text: () => Promise.resolve(listed.text) } };
    };
    const used = new Set<string>();
    const pictures: F[] = [];
    for (const file of files) {
      if (isTextName(file.path) || isCaptionList(nameOf(file.path))) continue;
      if (ways.isPicked === true || (await mayBePicture(file))) {
        pictures.push(file);
        used.add(stemOf(file.path));
      } else leftOut += 1;
    }
    const lost = [...texts].filter(([stem]) => !used.has(stem)).map(([, file]) => file);
    if (ways.isPicked === true) pictures.push(...lost);
    else leftOut += lost.length;
    found += pictures.length;
    for (let at = 0; at < pictures.length; at += AT_ONCE) {
      const some = pictures.slice(at, at + AT_ONCE);
      yield* await Promise.all(some.map((file) => candidateOf(file, besides(file.path), ways)));
    }
  }
  if (found === 0 && ways.empty !== undefined) throw new AppError(ways.empty);
  ways.onLeftOut?.(leftOut);
}

/** Files without an order of folders, in one: a folder before those inside it. */
export function byFolder<F extends ContainedFile>(files: readonly F[]): readonly (readonly F[])[] {
  const folders = new Map<string, F[]>();
  for (const file of files) {
    const folder = folderOf(file.path);
    const there = folders.get(folder);
    if (there === undefined) folders.set(folder, [file]);
    else there.push(file);
  }
  const depth = (folder: string) => (folder === '' ? 0 : folder.split('/').length);
  return [...folders].sort(([a], [b]) => depth(a) - depth(b)).map(([, those]) => those);
}

async function candidateOf<F extends ContainedFile>(
  file: F,
  beside: Beside,
  { toCandidate }: Ways<F>,
): Promise<Candidate> {
  try {
    if (file.problem !== undefined) return refused(file.path, file.problem);
    return await toCandidate(file, beside);
  } catch (error) {
    return refused(file.path, toErrorData(error));
  }
}

/** A row that says what is wrong: to the intake it is a file that can't be opened. */
function refused(path: string, { code, detail }: ErrorData): Candidate {
  return {
    id: `refused:${path}`,
    name: nameOf(path),
    source: { kind: 'copy' },
    open: () => Promise.reject(new AppError(code, detail)),
  };
}

/** Reads a list of captions; what is wrong with it is a row of its own, and the pictures go on without it. */
async function addCaptions(
  list: ContainedFile,
  captions: Map<string, { readonly list: string; readonly text: string }>,
): Promise<Candidate | undefined> {
  try {
    if (list.problem !== undefined) return refused(list.path, list.problem);
    const read = await readCaptionList(await list.open(), list.path);
    for (const [path, text] of read.captions) captions.set(path, { list: list.path, text });
    if (read.unreadable === 0) return undefined;
    const detail = `${String(read.unreadable)} rows`;
    return refused(list.path, { code: 'captions-unreadable', detail });
  } catch (error) {
    return refused(list.path, toErrorData(error));
  }
}

function textsByStem<F extends ContainedFile>(files: readonly F[]): ReadonlyMap<string, F> {
  const texts = files.filter(({ path, problem }) => isTextName(path) && problem === undefined);
  return new Map(texts.map((file) => [stemOf(file.path), file]));
}

function besideText(file: ContainedFile): Beside {
  // One that can't be read is no reason to refuse its picture.
  const text = () => file.open().then(sidecarText, () => undefined);
  return { sidecar: { name: nameOf(file.path), text } };
}

/** By its name; where that says nothing, by its first bytes. An archive in an archive is one of those that are told about. */
async function mayBePicture(file: ContainedFile): Promise<boolean> {
  const name = nameOf(file.path);
  if (isPictureName(name)) return true;
  if (file.problem !== undefined) return isArchiveName(name);
  if (!hasNoEnding(name)) return false;
  try {
    const head = (await file.open()).slice(0, BEGINNING_BYTES);
    return beginsLikePicture(new Uint8Array(await head.arrayBuffer()));
  } catch {
    return false;
  }
}
