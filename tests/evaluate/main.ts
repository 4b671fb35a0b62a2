/** `npm run evaluate`: see docs/evaluation.md. Called by scripts/evaluate.mjs, which brings server, browser and drawings. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reliabilityTable } from '../../src/evaluation/reliability';
import {
  between,
  compare,
  scoreOf,
  scoreTable,
  summaryLine,
  type Comparison,
} from '../../src/evaluation/report';
import { bestModel, contendersOf, habitsOf, type Described } from './contenders';
import { featuresOf, reliabilities } from './features';
import type { Result } from './journal';
import { profileOf, runApp } from './run-app';
import { drawSet, picturesOf, type SetImage } from './sets';

const { values } = parseArgs({
  options: {
    root: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    chromium: { type: 'string', default: '' },
    args: { type: 'string', default: '[]' },
    seed: { type: 'string', default: '1' },
    images: { type: 'string', default: '60' },
    style: { type: 'string' },
    folder: { type: 'string' },
    out: { type: 'string', default: '.cache/evaluation/results' },
  },
});

const seeds = values.seed.split(',').map(Number);
const images = Number(values.images);
const sets = values.style === undefined ? ['mix', 'unseen'] : values.style.split(',');
const out = join(values.root, values.out);
mkdirSync(out, { recursive: true });

async function describe(
  pictures: readonly SetImage[],
  name: string,
  isSampled: boolean,
): Promise<Described[]> {
  const together = (results: ReadonlyMap<string, Result>): Described[] =>
    pictures.map((image) => {
      const result = results.get(image.sha256);
      if (result === undefined) throw new Error(`${image.file} was not described`);
      return { image, result };
    });
  const results = await runApp(pictures, {
    url: values.url,
    executablePath: values.chromium,
    args: JSON.parse(values.args) as string[],
    profile: profileOf(values.root, name),
    ...(isSampled ? { bestOf: (found) => bestModel(together(found)) } : {}),
  });
  return together(results);
}

/** Verdicts on the pictures of any folder, as a table. */
async function describeFolder(folder: string): Promise<void> {
  const name = `folder-${basename(folder)}`;
  const described = await describe(picturesOf(folder), name, false);
  const rows = described.map(
    ({ image, result }) => `| ${image.file} | ${result.verdicts.get('verify')?.caption ?? ''} |`,
  );
  const table = `| picture | verdict |\n| --- | --- |\n${rows.join('\n')}\n`;
  writeFileSync(join(out, `${name}.md`), table);
  process.stdout.write(table);
}

/** Describes and judges one set of one seed; every text goes into a file beside the results. */
async function describeSet(set: string, seed: number): Promise<Described[]> {
  const name = `${set}-${String(seed)}-${String(images)}`;
  const pictures = drawSet(values.root, set, seed, images);
  const started = Date.now();
  const described = await describe(pictures, name, true);
  const dump = described.map(({ image, result }) => ({
    file: image.file,
    facts: image.facts,
    descriptions: Object.fromEntries(result.descriptions),
    verdicts: Object.fromEntries(result.verdicts),
  }));
  const claims = featuresOf(described).map((claim) => `${JSON.stringify(claim)}\n`);
  writeFileSync(join(out, `${name}-all.json`), JSON.stringify(dump));
  writeFileSync(join(out, `${name}-claims.jsonl`), claims.join(''));
  process.stdout.write(`${name}: ${((Date.now() - started) / 60_000).toFixed(1)} min\n`);
  return described;
}

/** Scores the images of all seeds together, writes the table and gives back its last line. */
function report(set: string, described: readonly Described[]): string {
  const contenders = contendersOf(described);
  const judge = contenders.find((one) => one.name === 'judge, verify');
  if (judge === undefined) throw new Error('no judge');
  const scores = contenders.map(scoreOf);
  const comparison = compare(judge, contenders);
  const habits = habitsOf(described, 'verify');
  // Against one model asked again, and against every other way to a verdict.
  const others = contenders
    .filter((one) => one !== judge && one.role !== 'single')
    .map((one) => between(judge, one));
  const summary = summaryLine(comparison);
  const heading = `${set}, ${String(described.length)} images, seeds ${seeds.join(', ')}`;
  const reliability = reliabilities(described);
  const markdown = [
    `### ${heading}`,
    scoreTable(scores),
    `\`${summary}\``,
    others.map(differenceLine).join('\n'),
    'How often what was given a probability came true, in % (of how many claims):',
    `${reliabilityTable(reliability)}\n`,
  ].join('\n\n');
  const name = `${set}-${seeds.join('+')}-${String(images)}`;
  const data = { set, seeds, images, scores, comparison, others, habits, reliability };
  writeFileSync(join(out, `${name}.md`), markdown);
  writeFileSync(join(out, `${name}.json`), `${JSON.stringify(data, null, 2)}\n`);
  process.stdout.write(`\n${markdown}\n${JSON.stringify(habits)}\n\n`);
  return summary;
}

/** "against judge, fuse: +2.5 points [1.1, 3.9]" */
function differenceLine({ single, difference, interval }: Comparison): string {
  const points = (value: number): string => (100 * value).toFixed(1);
  return `- judge, verify against ${single.name}: ${points(difference)} points [${points(interval.low)}, ${points(interval.high)}]`;
}

async function describeSets(): Promise<void> {
  const lines: string[] = [];
  for (const set of sets) {
    const described: Described[] = [];
    for (const seed of seeds) described.push(...(await describeSet(set, seed)));
    lines.push(report(set, described));
  }
  process.stdout.write(
    `${lines.map((line, index) => `${sets[index] ?? ''}: ${line}`).join('\n')}\n${lines[0] ?? ''}\n`,
  );
}

if (values.folder === undefined) await describeSets();
else await describeFolder(resolve(values.folder));
