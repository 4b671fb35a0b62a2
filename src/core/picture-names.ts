/** What the name of a file, and its first bytes, tell before anybody looks into it. */

/** Endings of what may be a picture; whether it is one is told by its bytes. */
const PICTURE =
  /\.(?:png|apng|jpe?g|jpe|jfif|pjpeg|webp|gif|bmp|avif|tiff?|hei[cf]|jxl|jp2|svg)$/iu;

/** Endings of ZIP archives; comic books are some. */
const ARCHIVE = /\.(?:zip|cbz)$/iu;

/** What systems and tools leave in folders and archives for themselves. */
const SYSTEM =
  /^(?:__MACOSX|Thumbs\.db|ehthumbs(?:_vista)?\.db|desktop\.ini|@eaDir|\$RECYCLE\.BIN|System Volume Information)$/iu;

const CAPTION_LIST = /^metadata\.(?:jsonl|csv)$/iu;

export const isPictureName = (name: string): boolean => PICTURE.test(name);
export const isArchiveName = (name: string): boolean => ARCHIVE.test(name);
export const isTextName = (name: string): boolean => /\.txt$/iu.test(name);
/** The table of captions of a Hugging Face image folder. */
export const isCaptionList = (name: string): boolean => CAPTION_LIST.test(name);
/** Some tools write pictures under their hash alone. */
export const hasNoEnding = (name: string): boolean => !name.includes('.');

/** Whether nobody put this there on purpose; `name` is one part of a path. */
export function isHiddenName(name: string): boolean {
  return SYSTEM.test(name) || (name.startsWith('.') && name !== '.' && name !== '..');
}

/** `holiday/beach.jpg` is `beach.jpg`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `holiday/beach.jpg` is in `holiday`; what lies at the top is in ``. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Without its ending: what a picture and the text beside it have in common. */
export function stemOf(path: string): string {
  return path.replace(/\.[^./]*$/u, '');
}

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  pjpeg: 'jpeg',
  tif: 'tiff',
  heif: 'heic',
  svg: 'svg+xml',
};

/** The media type that a name promises, `` where it is no picture's. */
export function pictureType(name: string): string {
  if (!isPictureName(name)) return '';
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return `image/${TYPES[ending] ?? ending}`;
}

/** Bytes that formats begin with; `??` is any byte. */
const BEGINNINGS = [
  '89504e47', // PNG
  'ffd8ff', // JPEG
  '47494638', // GIF
  '52494646????????57454250', // RIFF....WEBP
  '424d', // BMP
  '49492a00', // TIFF, little-endian
  '4d4d002a', // TIFF, big-endian
  '????????66747970', // ISO base media: AVIF, HEIC
];

/** How many bytes `beginsLikePicture` wants. */
export const BEGINNING_BYTES = 12;

export function beginsLikePicture(bytes: Uint8Array): boolean {
  return BEGINNINGS.some((pattern) =>
    Array.from(pattern.matchAll(/../gu), ([pair]) => pair).every(
      (pair, place) => pair === '??' || bytes[place] === Number.parseInt(pair, 16),
    ),
  );
}
