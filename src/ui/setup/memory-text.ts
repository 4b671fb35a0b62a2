import type { Together } from '../../core/together';
import { formatBytes } from '../common/format';

interface Needed {
  readonly modelsBytes: number;
  readonly judgeBytes: number;
  /** Null where the browser does not tell. */
  readonly deviceBytes: number | null;
}

/** What it means for a run that not everything fits into memory together; empty where it does. */
export function memoryText(
  together: Together,
  { modelsBytes, judgeBytes, deviceBytes }: Needed,
): string {
  const device = deviceBytes === null ? 'this device' : `this device (${formatBytes(deviceBytes)})`;
  switch (together) {
    case 'all':
      return '';
    case 'models':
      return `With the judge they take about ${formatBytes(modelsBytes + judgeBytes)}, more than ${device} is sure to hold: the judge begins when they have ended.`;
    case 'one':
      return `Together they take about ${formatBytes(modelsBytes)}, more than ${device} is sure to hold: they work one after the other, and verdicts come at the end.`;
  }
}
