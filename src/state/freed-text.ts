import { formatBytes } from '../core/bytes';
import type { Freed } from '../storage/usage';

/** "1 picture, 9 descriptions and 1 verdict; frees 1.3 MB". Empty where nothing goes that nobody else needs. */
export function freedText(
  { pictures, descriptions, verdicts, edits, bytes }: Freed,
  verb: 'frees' | 'freed' = 'frees',
): string {
  const parts = [
    counted(pictures, 'picture'),
    counted(descriptions, 'description'),
    counted(verdicts, 'verdict'),
    // Of a picture there is one, however often its caption was changed or accepted.
    edits === 0 ? undefined : `your work on ${counted(edits, 'caption') ?? ''}`,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return '';
  return `${new Intl.ListFormat('en-GB').format(parts)}; ${verb} ${formatBytes(bytes)}`;
}

function counted(count: number, one: string): string | undefined {
  if (count === 0) return undefined;
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : `${one}s`}`;
}
