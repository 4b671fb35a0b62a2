import type { Exchange } from '../http/exchange';
import { HubFailure } from '../http/failure';
import type { Route } from '../http/site';
import { isPicture, type Table } from '../datasets/table';
import { findViewed, numberOf, viewerRoute } from './viewer-find';

/** The most rows of one answer (dataset-viewer, libs/libapi/src/libapi/request.py). */
const MOST_ROWS = 100;

/** `/rows`, `/first-rows` and `/search`: cells with the signed addresses of re-encoded pictures. */
export const rowRoutes: readonly Route[] = [
  viewerRoute('/rows', async (exchange) => {
    const { table, dataset } = findViewed(exchange);
    if (dataset.valid?.viewer === false) throw noResponse();
    const offset = numberOf(exchange, 'offset', 0);
    const length = numberOf(exchange, 'length', MOST_ROWS);
    if (length > MOST_ROWS)
      throw invalid(`Parameter 'length' must not be greater than ${MOST_ROWS}`);
    const indices = range(offset, Math.min(table.rows, offset + length));
    await sendRows(exchange, table, indices, table.rows);
  }),
  viewerRoute('/first-rows', async (exchange) => {
    const { table, dataset } = findViewed(exchange);
    if (dataset.valid?.preview === false) throw noResponse();
    const rows = rowsJson(exchange, table, range(0, Math.min(MOST_ROWS, table.rows)), 'assets');
    const { config, split } = table;
    const truncated = table.rows > MOST_ROWS;
    const features = featuresJson(table);
    await exchange.sendJson({ dataset: dataset.id, config, split, features, rows, truncated });
  }),
  viewerRoute('/search', async (exchange) => {
    const { table, dataset } = findViewed(exchange);
    if (dataset.valid?.search === false) {
      throw new HubFailure(
        400,
        'The split does not have search feature.',
        'SearchFeatureNotAvailableError',
      );
    }
    const query = exchange.url.searchParams.get('query')?.toLowerCase() ?? '';
    const found = range(0, table.rows).filter((index) =>
      Object.values(table.row(index)).some(
        (cell) => typeof cell === 'string' && cell.toLowerCase().includes(query),
      ),
    );
    const offset = numberOf(exchange, 'offset', 0);
    const length = numberOf(exchange, 'length', MOST_ROWS);
    await sendRows(exchange, table, found.slice(offset, offset + length), found.length);
  }),
];

async function sendRows(
  exchange: Exchange,
  table: Table,
  indices: readonly number[],
  total: number,
): Promise<void> {
  await exchange.sendJson({
    features: featuresJson(table),
    rows: rowsJson(exchange, table, indices, 'cached-assets'),
    num_rows_total: total,
    num_rows_per_page: MOST_ROWS,
    partial: false,
  });
}

export function featuresJson({ features }: Table): object[] {
  return features.map(({ name, type }, index) => ({ feature_idx: index, name, type }));
}

function rowsJson(
  exchange: Exchange,
  table: Table,
  indices: readonly number[],
  folder: 'assets' | 'cached-assets',
): object[] {
  return indices.map((index) => {
    const row = Object.entries(table.row(index)).map(([column, cell]) => [
      column,
      cellJson(exchange, [folder, table.config, table.split, String(index), column], cell),
    ]);
    const cells = Object.fromEntries(row) as object;
    return { row_idx: index, row: cells, truncated_cells: [] };
  });
}

function cellJson(exchange: Exchange, path: readonly string[], cell: unknown, item = ''): unknown {
  if (Array.isArray(cell)) {
    return (cell as unknown[]).map((each, index) =>
      cellJson(exchange, path, each, `${item}-${index}`),
    );
  }
  if (!isPicture(cell)) return cell;
  const { services, subject } = exchange;
  const [folder = '', ...rest] = path;
  const sha = services.repos.get(subject.repo ?? '', 'dataset')?.refs.get('main') ?? '0'.repeat(40);
  const address = [subject.repo, '--', sha, '--', ...rest.map(encodeURIComponent)].join('/');
  const src = new URL(`${services.origins.viewer}/${folder}/${address}/image${item}.png`);
  return { src: services.signer.signAsset(src).href, height: cell.height, width: cell.width };
}

const noResponse = () => new HubFailure(404, 'Not found.', 'ResponseNotFound');
const invalid = (message: string) => new HubFailure(422, message, 'InvalidParameter');

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, place) => start + place);
}
