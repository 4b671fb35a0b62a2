/**
 * SHA-256 as lower-case hex. hash-wasm, not SubtleCrypto: the page may be served over plain HTTP in a home network.
 * It is fetched when there is something to hash; no page needs it to be shown.
 */
export async function sha256Hex(data: string | Uint8Array): Promise<string> {
  const { sha256 } = await import('hash-wasm');
  return sha256(data);
}

/** Enough of a hash to name a text in a key: 16 hex digits. */
export async function shortHash(text: string): Promise<string> {
  return (await sha256Hex(text)).slice(0, 16);
}
