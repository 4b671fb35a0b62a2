import * as v from 'valibot';
import { AppError } from '../core/errors';

const samplesSchema = v.array(
  v.object({
    file: v.string(),
    name: v.string(),
    caption: v.string(),
    source: v.string(),
    licence: v.string(),
    initial: v.optional(v.boolean(), false),
  }),
);

/** A picture that comes with the app, with a reference caption. */
export type Sample = v.InferOutput<typeof samplesSchema>[number];

function sampleUrl(file: string): string {
  return new URL(`samples/${file}`, document.baseURI).href;
}

/** @throws AppError `network` */
export async function fetchSamples(): Promise<Sample[]> {
  const response = await fetchOwn(sampleUrl('samples.json'));
  return v.parse(samplesSchema, await response.json());
}

/** @throws AppError `network` */
export async function fetchSampleImage(file: string): Promise<Blob> {
  return (await fetchOwn(sampleUrl(file))).blob();
}

async function fetchOwn(url: string): Promise<Response> {
  try {
    const response = await fetch(url);
    if (response.ok) return response;
    throw new AppError('network', `${url}: ${String(response.status)}`);
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('network', url, { cause: error });
  }
}
