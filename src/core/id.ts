/** A new random id, 128 bits. `crypto.randomUUID` exists only in secure contexts; this one everywhere. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
