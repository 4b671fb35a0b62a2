import JSZip from 'jszip';
import type { Sidecar } from './sidecars';

export async function toSidecarZip(sidecars: readonly Sidecar[]): Promise<Blob> {
  const zip = new JSZip();
  for (const { path, text } of sidecars) zip.file(path, text);
  return zip.generateAsync({ type: 'blob', compression: 'DEFLATE' });
}
