import type { Freed } from '../storage/usage';

const MEGABYTE = 1_000_000;

/** "1.3 MB", of 10^6 bytes. */
export function megabytes(bytes: number): string {
  const value = bytes / MEGABYTE;
  if (value < 0.05) return bytes === 0 ? '0 MB' : 'less than 0.1 MB';
  return `${value.toFixed(value < 10 ? 1 : 0)} MB`;
}

/** "1 picture, 9 descriptions and 1 verdict; frees 1.3 MB". */
export function freedText(
  { pictures, descriptions, verdicts, edits, bytes }: Freed,
  verb: 'frees' | 'freed' = 'frees',
): string {
  const parts = [
    counted(pictures, 'picture'),
    counted(descriptions, 'description'),
    counted(verdicts, 'verdict'),
    counted(edits, 'edit'),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return 'nothing that another run does not have';
  return `${new Intl.ListFormat('en-GB').format(parts)}; ${verb} ${megabytes(bytes)}`;
}

function counted(count: number, one: string): string | undefined {
  if (count === 0) return undefined;
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : `${one}s`}`;
}
