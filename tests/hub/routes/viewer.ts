import { HubFailure } from '../http/failure';
import { sendFile } from '../http/send-file';
import type { Route } from '../http/site';
import { bytesContent } from '../repo/content';
import { isPicture, type Table, type ViewerDataset } from '../datasets/table';
import { findDataset, viewerRoute } from './viewer-find';
import { featuresJson, rowRoutes } from './viewer-rows';

const parquetRef = 'refs%2Fconvert%2Fparquet';

/** What the dataset viewer says of a dataset as a whole, and its pictures (dataset-viewer, docs/source/openapi.json). */
export const viewerRoutes: readonly Route[] = [
  viewerRoute('/is-valid', async (exchange) => {
    const { valid = {} } = findDataset(exchange);
    const all = { preview: true, viewer: true, search: true, filter: true, statistics: true };
    await exchange.sendJson({ ...all, ...valid });
  }),
  viewerRoute('/splits', async (exchange) => {
    const { id, tables } = findDataset(exchange);
    const splits = tables.map(({ config, split }) => ({ dataset: id, config, split }));
    await exchange.sendJson({ splits, pending: [], failed: [] });
  }),
  viewerRoute('/size', async (exchange) => {
    const dataset = findDataset(exchange);
    const splits = dataset.tables.map((table) => sizeJson(dataset, table));
    const sum = { dataset: dataset.id, num_rows: splits.reduce((rows, s) => rows + s.num_rows, 0) };
    const size = { dataset: sum, configs: [], splits };
    await exchange.sendJson({ size, pending: [], failed: [], partial: false });
  }),
  viewerRoute('/info', async (exchange) => {
    const { tables } = findDataset(exchange);
    const config = exchange.url.searchParams.get('config');
    const infos = tables.map((table) => [
      table.config,
      { config_name: table.config, features: featuresObject(table) },
    ]);
    const all = Object.fromEntries(infos) as Record<string, object>;
    const body = config === null ? all : all[config];
    await exchange.sendJson({ dataset_info: body, pending: [], failed: [], partial: false });
  }),
  viewerRoute('/parquet', async (exchange) => {
    const { id } = findDataset(exchange);
    const { origins, repos } = exchange.services;
    const files = repos.get(id, 'dataset')?.at('refs/convert/parquet')?.entries.values() ?? [];
    const parquet = [...files].map(({ path, content }) => {
      const [config = '', split = '', filename = ''] = path.split('/');
      const url = `${origins.hub}/datasets/${id}/resolve/${parquetRef}/${path}`;
      return { dataset: id, config, split, url, filename, size: content.size };
    });
    await exchange.sendJson({ parquet_files: parquet, pending: [], failed: [], partial: [] });
  }),
  ...rowRoutes,
  {
    method: 'GET',
    pattern:
      /^\/(?:cached-)?assets\/(?<id>[^/]+(?:\/[^/]+)?)\/--\/[0-9a-f]{40}\/--\/(?<config>[^/]+)\/(?<split>[^/]+)\/(?<row>\d+)\/(?<column>[^/]+)\/image(?<item>(?:-\d+)*)\.png$/,
    stage: 'content',
    about: ({ id, split, row }) => ({ repo: id, file: `${split}/${row}` }),
    async answer(exchange, params) {
      const { signer, viewers } = exchange.services;
      if (!signer.isValid(exchange.url)) throw new HubFailure(403, 'Access denied');
      const table = viewers
        .get(params.id ?? '')
        ?.tables.find(({ config, split }) => config === params.config && split === params.split);
      const places = (params.item ?? '').split('-').slice(1).map(Number);
      let cell: unknown = table?.row(Number(params.row))[params.column ?? ''];
      for (const place of places) cell = (cell as unknown[])[place];
      if (!isPicture(cell)) throw new HubFailure(404, 'The specified key does not exist.');
      const headers = { 'Content-Type': 'image/png', 'Cache-Control': 'public, max-age=3600' };
      await sendFile(exchange, bytesContent(cell.copy), headers);
    },
  },
];

function sizeJson({ id, parquetBytes = {} }: ViewerDataset, table: Table) {
  const { config, split, rows, features } = table;
  return {
    dataset: id,
    config,
    split,
    num_bytes_parquet_files: parquetBytes[`${config}/${split}`] ?? 0,
    num_bytes_memory: parquetBytes[`${config}/${split}`] ?? 0,
    num_rows: rows,
    num_columns: features.length,
    estimated_num_rows: null,
  };
}

function featuresObject(table: Table): object {
  return Object.fromEntries(
    featuresJson(table).map((feature) => {
      const { name, type } = feature as { name: string; type: unknown };
      return [name, type];
    }),
  );
}
