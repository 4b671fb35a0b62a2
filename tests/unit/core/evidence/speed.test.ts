import { expect, test } from 'vitest';
import { loadLexicon } from '../../../../src/core/evidence/lexicon/load';
import { weighClaims } from '../../../../src/core/evidence/weigh';
import { readSets } from './matrix';

/** Milliseconds of one core that the claims of one picture may take: under a few, with room for a busy machine. */
const MOST = 25;

test(
  'the claims of one picture are read and matched in a few milliseconds',
  { timeout: 60_000 },
  async () => {
    const lexicon = await loadLexicon();
    const sets = readSets();
    const times: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (const { texts } of sets) {
        const started = process.cpuUsage();
        weighClaims(texts, [], {}, { lexicon });
        // The first round compiles.
        if (round > 0) times.push(process.cpuUsage(started).user / 1000);
      }
    }
    times.sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? 0;
    console.info(
      `median ${median.toFixed(1)} ms a picture, slowest ${(times.at(-1) ?? 0).toFixed(1)} ms`,
    );
    expect(median).toBeLessThan(MOST);
  },
);
