import { parquetSchema, type FileMetaData, type SchemaTree } from 'hyparquet';
import type { ColumnKind, DatasetColumn } from '../../../src/core/datasets';
import { columnsOf } from '../../../src/core/hub/features';

/** What the columns of a parquet file hold: as the `datasets` library wrote beside them, else as their types say. */
export function parquetColumns(metadata: FileMetaData): readonly DatasetColumn[] {
  const children = parquetSchema(metadata).children;
  const said = new Map(columnsOf(writtenFeatures(metadata)).map(({ name, kind }) => [name, kind]));
  return children.map((child) => {
    const { name } = child.element;
    return { name, kind: said.get(name) ?? kindOf(child) };
  });
}

/** `{"info": {"features": {…}}}` under the key `huggingface` (datasets, arrow_writer.py). */
function writtenFeatures({ key_value_metadata: pairs }: FileMetaData): unknown {
  const text = pairs?.find(({ key }) => key === 'huggingface')?.value;
  if (text === undefined) return undefined;
  try {
    const written = JSON.parse(text) as { info?: { features?: unknown } } | null;
    return written?.info?.features;
  } catch {
    return undefined;
  }
}

function kindOf({ element, children }: SchemaTree): ColumnKind {
  if (children.length === 0) {
    const isText = element.converted_type === 'UTF8' || element.logical_type?.type === 'STRING';
    return isText ? 'text' : 'other';
  }
  if (isImage(children)) return 'image';
  const item = itemOf({ element, children });
  if (item === undefined) return children.some(hasImage) ? 'nested-images' : 'other';
  const kind = kindOf(item);
  if (kind === 'image') return 'images';
  if (kind === 'text') return 'texts';
  return hasImage(item) ? 'nested-images' : 'other';
}

/** The struct that the `datasets` library makes of an Image. */
function isImage(children: readonly SchemaTree[]): boolean {
  const names = children.map(({ element }) => element.name);
  return children.length === 2 && names.includes('bytes') && names.includes('path');
}

function hasImage({ children }: SchemaTree): boolean {
  return isImage(children) || children.some(hasImage);
}

/** What a list is of: a repeated group around its item. */
function itemOf({
  element,
  children,
}: Pick<SchemaTree, 'element' | 'children'>): SchemaTree | undefined {
  const [repeated] = children;
  const isList = element.converted_type === 'LIST' || element.logical_type?.type === 'LIST';
  return isList && children.length === 1 ? repeated?.children[0] : undefined;
}
