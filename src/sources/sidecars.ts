import { filePath } from '../core/image';

/** A picked or dropped file, and the text file that stands beside it. */
export interface FileWithSidecar {
  readonly file: File;
  readonly sidecar: File | undefined;
}

/** More than any caption; what is longer is something else, of which this much is read. */
const MOST_BYTES = 65_536;

/**
 * Pairs files with the text files of the same folder and name: `beach.txt` describes `beach.jpg`. A text file that stands
 * beside nothing stays a file of its own.
 */
export function withSidecars(files: readonly File[]): FileWithSidecar[] {
  const isText = (file: File) => /\.txt$/iu.test(file.name);
  const texts = new Map(files.filter(isText).map((file) => [stemOf(file), file]));
  const pictures = files.filter((file) => !isText(file));
  const stems = new Set(pictures.map(stemOf));
  return files.flatMap((file) => {
    if (!isText(file)) return [{ file, sidecar: texts.get(stemOf(file)) }];
    return stems.has(stemOf(file)) ? [] : [{ file, sidecar: undefined }];
  });
}

/** What a text file says, undefined where that is nothing. */
export async function sidecarText(sidecar: File): Promise<string | undefined> {
  const text = (await sidecar.slice(0, MOST_BYTES).text()).trim();
  return text === '' ? undefined : text;
}

function stemOf(file: File): string {
  return filePath(file).replace(/\.[^./]*$/u, '');
}
