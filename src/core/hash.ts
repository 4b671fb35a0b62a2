import { sha256 } from 'hash-wasm';

/** SHA-256 as lower-case hex. hash-wasm, not SubtleCrypto: the page may be served over plain HTTP in a home network. */
export async function sha256Hex(data: string | Uint8Array): Promise<string> {
  return sha256(data);
}

/** Enough of a hash to name a text in a key: 16 hex digits. */
export async function shortHash(text: string): Promise<string> {
  return (await sha256Hex(text)).slice(0, 16);
}
