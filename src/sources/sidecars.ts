/** More than any caption; what is longer is something else, of which this much is read. */
const MOST_BYTES = 65_536;

/** What a text file says, undefined where that is nothing. */
export async function sidecarText(sidecar: Blob): Promise<string | undefined> {
  return captionText(await sidecar.slice(0, MOST_BYTES).text());
}

/** A caption as it is kept, undefined where it is empty. */
export function captionText(text: string): string | undefined {
  const trimmed = text.slice(0, MOST_BYTES).trim();
  return trimmed === '' ? undefined : trimmed;
}
