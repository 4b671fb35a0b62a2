import type { Table, ViewerDataset } from '../datasets/table';
import type { Exchange } from '../http/exchange';
import { HubFailure } from '../http/failure';
import type { Route } from '../http/site';

/** An endpoint of the dataset viewer; all are GET, with the dataset in the query. */
export function viewerRoute(path: string, answer: Route['answer']): Route {
  return {
    method: 'GET',
    pattern: new RegExp(`^${path}$`),
    stage: 'api',
    about: (_, url) => ({ repo: url.searchParams.get('dataset') ?? undefined, file: undefined }),
    answer,
  };
}

/** The dataset that is asked for, if the caller may see it (dataset-viewer, libs/libapi/src/libapi/exceptions.py). */
export function findDataset(exchange: Exchange): ViewerDataset {
  const id = required(exchange, 'dataset');
  const { access, repos, viewers } = exchange.services;
  const caller = access.caller(exchange.header('authorization'));
  const repo = repos.get(id, 'dataset');
  try {
    access.downloadable(repo, caller);
  } catch (error) {
    if (!(error instanceof HubFailure)) throw error;
    throw caller.kind === 'anonymous'
      ? new HubFailure(
          401,
          'The dataset does not exist, or is not accessible without authentication (private or gated). Please check the spelling of the dataset name or retry with authentication.',
          'ExternalUnauthenticatedError',
        )
      : new HubFailure(
          404,
          'The dataset does not exist, or is not accessible with the current credentials (private or gated). Please check the spelling of the dataset name or retry with other authentication credentials.',
          'ExternalAuthenticatedError',
        );
  }
  const dataset = viewers.get(id);
  if (dataset === undefined) {
    throw new HubFailure(
      501,
      'The dataset viewer is disabled for this dataset.',
      'NotSupportedDisabledViewerError',
    );
  }
  exchange.setHeaders({ 'X-Revision': repo?.refs.get('main') ?? '' });
  return dataset;
}

export function findViewed(exchange: Exchange): { dataset: ViewerDataset; table: Table } {
  const dataset = findDataset(exchange);
  const config = required(exchange, 'config');
  const split = required(exchange, 'split');
  const table = dataset.tables.find((each) => each.config === config && each.split === split);
  if (table === undefined) throw new HubFailure(404, 'Not found.', 'ResponseNotFound');
  return { dataset, table };
}

export function required(exchange: Exchange, name: string): string {
  const value = exchange.url.searchParams.get(name);
  if (value !== null && value !== '') return value;
  throw new HubFailure(422, `Parameter '${name}' is required`, 'MissingRequiredParameter');
}

export function numberOf(exchange: Exchange, name: string, standard: number): number {
  const text = exchange.url.searchParams.get(name);
  if (text === null) return standard;
  if (/^\d+$/.test(text)) return Number(text);
  throw new HubFailure(422, `Parameter '${name}' must be a positive integer`, 'InvalidParameter');
}
