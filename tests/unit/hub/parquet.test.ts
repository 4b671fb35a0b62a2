import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { tableParquet } from '../../hub/datasets/parquet';
import { IMAGE, picture, STRING, type Table } from '../../hub/datasets/table';

const table: Table = {
  config: 'default',
  split: 'train',
  features: [
    { name: 'image', type: IMAGE },
    { name: 'caption', type: STRING },
    { name: 'views', type: { _type: 'List', feature: IMAGE } },
  ],
  rows: 25,
  row: (index) => ({
    image: index === 3 ? null : picture(index),
    caption: `picture ${index}`,
    views: index % 2 === 0 ? [picture(1000 + index), null] : [],
  }),
};

test.each([true, false])(
  'what is written can be read, with a page index: %s',
  async (pageIndex) => {
    const bytes = tableParquet(table, { groupRows: 10, pageIndex, pageBytes: 2000 });
    const metadata = parquetMetadata(bytes);
    expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([10, 10, 5]);
    expect(metadata.row_groups[0]!.columns[0]!.offset_index_offset !== undefined).toBe(pageIndex);
    expect(metadata.key_value_metadata![0]!.key).toBe('huggingface');
    const file = bytes.buffer.slice(
      bytes.byteOffset,
      bytes.byteOffset + bytes.byteLength,
    ) as ArrayBuffer;
    const rows = await parquetReadObjects({ file, metadata, utf8: false });
    expect(rows).toHaveLength(25);
    expect(rows[3]!.image ?? null).toBeNull();
    expect(rows[3]).toMatchObject({ caption: 'picture 3', views: [] });
    expect(rows[24]).toEqual({
      image: { bytes: picture(24).bytes, path: '0024.png' },
      caption: 'picture 24',
      views: [{ bytes: picture(1024).bytes, path: '1024.png' }, undefined],
    });
  },
);
