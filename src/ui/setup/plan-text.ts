import type { MissingPart, PlanSize } from '../../state/setup.svelte';
import { counted, formatBytes, formatDuration } from '../common/format';

/** "3 pictures × 3 models × 3 prompts = 27 descriptions, 3 verdicts. 2 pictures skipped. About 4 min. 1.9 GB to download." */
export function planText(plan: PlanSize, expectedMs: number | null = null): string {
  const { images, skipped, models, prompts, descriptions, verdicts, toDownloadBytes } = plan;
  const factors = [
    counted(images, 'picture'),
    counted(models, 'model'),
    counted(prompts, 'prompt'),
  ].join(' × ');
  const product = `${factors} = ${counted(descriptions, 'description')}`;
  const sum = verdicts === 0 ? product : `${product}, ${counted(verdicts, 'verdict')}`;
  const more = [
    ...(skipped === 0 ? [] : [`${counted(skipped, 'picture')} skipped`]),
    ...(expectedMs === null ? [] : [`About ${formatDuration(expectedMs)}`]),
    ...(toDownloadBytes === null
      ? []
      : [
          toDownloadBytes === 0
            ? 'Nothing to download'
            : `${formatBytes(toDownloadBytes)} to download`,
        ]),
  ];
  return more.length === 0 ? sum : `${[sum, ...more].join('. ')}.`;
}

export const MISSING_TEXT: Record<MissingPart, string> = {
  images: 'Choose at least one picture',
  skip: 'Every picture is described already: add others, or skip none',
  models: 'Choose at least one model',
  prompts: 'Choose at least one prompt',
};
