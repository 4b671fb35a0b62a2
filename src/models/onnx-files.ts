import type { Precision } from './spec';

export interface RepositoryFile {
  readonly path: string;
  readonly bytes: number;
}

/** One part at one precision: its graph and what lies beside it. */
export interface OnnxFile<File extends RepositoryFile = RepositoryFile> {
  readonly graph: File;
  readonly data: readonly File[];
  /** Data files that must be there and are not. */
  readonly missingData: readonly string[];
  readonly bytes: number;
}

export interface OnnxFiles<File extends RepositoryFile = RepositoryFile> {
  /** By part and precision. */
  readonly parts: Readonly<Record<string, Readonly<Partial<Record<Precision, OnnxFile<File>>>>>>;
  /** Parts of which there is no file at all. */
  readonly missing: readonly string[];
}

/** `use_external_data_format` of `config.json`: of all files, or by file name or stem. */
export type ExternalDataClaim =
  boolean | number | Readonly<Record<string, boolean | number>> | undefined;

/** Precision to the end of the file name: utils/dtypes.js 62, 4.3.1. */
const SUFFIXES: Readonly<Record<Precision, string>> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
};

export const PRECISIONS = Object.keys(SUFFIXES) as readonly Precision[];

/** The ONNX files of a repository as the library looks for them: `onnx/<part><suffix>.onnx`. */
export function onnxParts<File extends RepositoryFile>(
  files: readonly File[],
  parts: readonly string[],
  claim: ExternalDataClaim,
): OnnxFiles<File> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = Object.fromEntries(
    parts.map((part) => {
      const precisions = PRECISIONS.flatMap((precision) => {
        const graph = byPath.get(`onnx/${part}${SUFFIXES[precision]}.onnx`);
        return graph === undefined ? [] : [[precision, withData(graph, part, byPath, claim)]];
      });
      return [part, Object.fromEntries(precisions) as OnnxFiles<File>['parts'][string]];
    }),
  );
  const missing = parts.filter((part) => Object.keys(found[part] ?? {}).length === 0);
  return { parts: found, missing };
}

/** External data: `model.onnx_data`, then `model.onnx_data_1`, … (utils/model-loader.js 27). */
function withData<File extends RepositoryFile>(
  graph: File,
  part: string,
  byPath: ReadonlyMap<string, File>,
  claim: ExternalDataClaim,
): OnnxFile<File> {
  const nameOf = (index: number) => `${graph.path}_data${index === 0 ? '' : `_${String(index)}`}`;
  const last = [...byPath.keys()].reduce((most, path) => {
    const index = path.startsWith(`${graph.path}_data`)
      ? /^(?:_(\d+))?$/u.exec(path.slice(graph.path.length + '_data'.length))
      : null;
    return index === null ? most : Math.max(most, Number(index[1] ?? 0) + 1);
  }, 0);
  const names = Array.from({ length: Math.max(last, claimed(claim, graph.path, part)) }, (_, i) =>
    nameOf(i),
  );
  const data = names.flatMap((name) => byPath.get(name) ?? []);
  return {
    graph,
    data,
    missingData: names.filter((name) => !byPath.has(name)),
    bytes: [graph, ...data].reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** A claim for all files holds only where the graph can't have its weights in itself; one by name holds always. */
function claimed(claim: ExternalDataClaim, path: string, part: string): number {
  if (typeof claim !== 'object') return 0;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return Number(claim[name] ?? claim[part] ?? 0);
}
