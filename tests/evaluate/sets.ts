import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact } from '../../src/evaluation/score';

/** One picture of a held-out set and all that is true of it. */
export interface SetImage {
  readonly file: string;
  readonly path: string;
  readonly sha256: string;
  readonly facts: readonly Fact[];
  /** The control model's answers, where training/describe_control.py was run: to one asking, and to each of three. */
  readonly control: Readonly<Record<string, readonly string[]>> | undefined;
}

interface TruthRow {
  readonly file: string;
  readonly facts: readonly Fact[];
}

/** The pictures of a set, drawn where they are not there yet. */
export function drawSet(root: string, set: string, seed: number, images: number): SetImage[] {
  const folder = join(root, '.cache', 'evaluation', `${set}-${String(seed)}-${String(images)}`);
  const truth = join(folder, 'truth.json');
  const training = join(root, 'training');
  if (!existsSync(truth)) {
    const tsx = join(training, 'node_modules', '.bin', 'tsx');
    const args = ['scenes/held-out.ts', set, String(seed), String(images), folder];
    execFileSync(tsx, args, { cwd: training, stdio: 'inherit' });
  }
  const answers = join(folder, 'control.json');
  const control = (existsSync(answers) ? JSON.parse(readFileSync(answers, 'utf8')) : {}) as Record<
    string,
    Readonly<Record<string, readonly string[]>>
  >;
  const rows = JSON.parse(readFileSync(truth, 'utf8')) as TruthRow[];
  return rows.map(({ file, facts }) => {
    const path = join(folder, file);
    return { file, path, sha256: sha256Of(path), facts, control: control[file] };
  });
}

const PICTURE = /\.(?:png|jpe?g|webp|gif|avif)$/iu;

/** The pictures of any folder: nothing is known of what is true of them. */
export function picturesOf(folder: string): SetImage[] {
  return readdirSync(folder)
    .filter((file) => PICTURE.test(file))
    .sort()
    .map((file) => {
      const path = join(folder, file);
      return { file, path, sha256: sha256Of(path), facts: [], control: undefined };
    });
}

const sha256Of = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');
