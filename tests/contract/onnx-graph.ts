/** Reads the inputs and outputs of an ONNX file: the few fields of its protobuf that say so (onnx.proto3). */

export interface GraphValue {
  readonly name: string;
  readonly type: 'float32' | 'int64' | 'bool';
  /** A number where the size is fixed, else the axis' name. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
}

const TYPES: Readonly<Record<number, GraphValue['type']>> = { 1: 'float32', 7: 'int64', 9: 'bool' };
const MODEL_GRAPH = 7;
const GRAPH_INPUT = 11;
const GRAPH_OUTPUT = 12;

type Field = number | Uint8Array;

/** Fields of one message: varints as numbers, the rest as bytes; other wire types don't occur here. */
function fields(bytes: Uint8Array): Map<number, Field[]> {
  const found = new Map<number, Field[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    let field: Field;
    if (tag % 8 === 0) field = varint();
    else if (tag % 8 === 2) {
      const length = varint();
      field = bytes.subarray(at, at + length);
      at += length;
    } else throw new Error(`wire type ${tag % 8} is not expected here`);
    found.set(number, [...(found.get(number) ?? []), field]);
  }
  return found;
}

function messages(bytes: Uint8Array, number: number): Uint8Array[] {
  return (fields(bytes).get(number) ?? []).filter((field) => typeof field !== 'number');
}

function message(bytes: Uint8Array, ...path: readonly number[]): Uint8Array {
  return path.reduce((inner, number) => messages(inner, number)[0] ?? new Uint8Array(), bytes);
}

function text(bytes: Uint8Array, number: number): string {
  return new TextDecoder().decode(message(bytes, number));
}

/** ValueInfoProto: name 1, type 2, in it tensor_type 1 with elem_type 1 and shape 2, of dim 1 with value 1 or param 2. */
function graphValue(bytes: Uint8Array): GraphValue {
  const tensor = message(bytes, 2, 1);
  const kind = fields(tensor).get(1)?.[0];
  const type = typeof kind === 'number' ? TYPES[kind] : undefined;
  if (type === undefined) throw new Error(`element type ${String(kind)} is not expected here`);
  const shape = messages(message(tensor, 2), 1).map((dim) => {
    const size = fields(dim).get(1)?.[0];
    return typeof size === 'number' ? size : text(dim, 2);
  });
  return { name: text(bytes, 1), type, shape };
}

export function readOnnxGraph(file: Uint8Array): OnnxGraph {
  const graph = message(file, MODEL_GRAPH);
  return {
    inputs: messages(graph, GRAPH_INPUT).map(graphValue),
    outputs: messages(graph, GRAPH_OUTPUT).map(graphValue),
  };
}
