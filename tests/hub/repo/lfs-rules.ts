import { matchesGlob } from './glob';

/** Which files LFS holds: those from a size on, and those that a pattern of `.gitattributes` names. */
export interface LfsRules {
  /** The Hub takes no file above 10 MB into git itself. */
  fromBytes: number;
  patterns: readonly string[];
}

/** The patterns that the Hub writes into `.gitattributes` of a new repository. */
export const HUB_PATTERNS =
  `*.7z *.arrow *.bin *.bz2 *.ckpt *.ftz *.gz *.h5 *.joblib *.lfs.* *.mlmodel *.model *.msgpack
  *.npy *.npz *.onnx *.ot *.parquet *.pb *.pickle *.pkl *.pt *.pth *.rar *.safetensors
  saved_model/**/* *.tar.* *.tar *.tflite *.tgz *.wasm *.xz *.zip *.zst *tfevents*`.split(/\s+/);

export const HUB_GITATTRIBUTES = HUB_PATTERNS.map(
  (pattern) => `${pattern} filter=lfs diff=lfs merge=lfs -text\n`,
).join('');

export function patternsOf(gitattributes: string): string[] {
  return gitattributes
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words.includes('filter=lfs'))
    .map(([pattern = '']) => pattern);
}

export function isLfs(path: string, size: number, rules: LfsRules): boolean {
  return size >= rules.fromBytes || rules.patterns.some((pattern) => matchesGlob(pattern, path));
}
