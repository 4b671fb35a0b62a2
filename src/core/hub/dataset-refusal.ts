import type { ErrorCode, ErrorData } from '../errors';
import { judgeRefusal, type JudgedRefusal, type Refusal, type Retry } from './refusal';

/** What of the Hub's or the network's refusals means for a dataset, and whose fault it then is. */
const FOR_DATASETS: Partial<Record<ErrorCode, ErrorCode>> = {
  'repository-not-found': 'dataset-not-found',
  'repository-gated': 'dataset-gated',
  'repository-disabled': 'dataset-disabled',
  'revision-not-found': 'dataset-revision-gone',
  'weights-missing': 'dataset-file-missing',
  'weights-corrupt': 'dataset-unreadable',
  'token-refused': 'dataset-token-refused',
  'token-too-narrow': 'dataset-token-too-narrow',
  'rate-limited': 'dataset-busy',
  'hub-failing': 'dataset-failing',
  'hub-unreadable': 'dataset-unreadable',
  network: 'dataset-offline',
};

export function forDatasets({ code, detail }: ErrorData): ErrorData {
  return { code: FOR_DATASETS[code] ?? code, detail };
}

const NOT_READY = ['ResponseNotReady', 'ResponseNotReadyError'];

/** The rows can't be read by the viewer, now or ever: parquet files may do. */
const NO_ROWS: Readonly<Record<string, ErrorCode>> = {
  TooBigContentError: 'dataset-too-big',
  TransformRowsProcessingError: 'dataset-viewer-failing',
  StreamingRowsError: 'dataset-viewer-failing',
  EmptyDatasetError: 'dataset-no-images',
  AuthCheckHubRequestError: 'dataset-viewer-failing',
  SplitParquetSchemaMismatchError: 'dataset-viewer-failing',
  SearchFeatureNotAvailableError: 'dataset-no-search',
  ExternalUnauthenticatedError: 'dataset-not-found',
  ExternalAuthenticatedError: 'dataset-not-found',
  ResponseNotFound: 'dataset-part-missing',
  ConfigNotFoundError: 'dataset-part-missing',
  SplitNotFoundError: 'dataset-part-missing',
};

/** What an answer of the dataset viewer with an error's status means (dataset-viewer, exceptions.py in libapi and libcommon). */
export function judgeViewerRefusal(refusal: Refusal): JudgedRefusal {
  const { status, code } = refusal;
  const detail = [String(status), code].filter(Boolean).join(' ');
  const as = (name: ErrorCode, retry: Retry = 'no') => ({ error: { code: name, detail }, retry });
  // The pauses are longer for this one (`pauseMs`).
  if (status === 429) return as('rate-limited', 'later');
  if (NOT_READY.includes(code ?? '')) return as('dataset-not-ready', 'later');
  const known = NO_ROWS[code ?? ''];
  if (known !== undefined) return as(known);
  if (status === 501) return as('dataset-viewer-disabled');
  if (status >= 500 || status === 408) return as('dataset-viewer-failing', 'later');
  if (status === 401 || status === 403 || status === 404) return as('dataset-not-found');
  return as('dataset-viewer-failing');
}

/** An address of a picture that was signed: refused means that it has expired, and that the row is to be asked for again. */
export function judgePictureRefusal(refusal: Refusal): JudgedRefusal {
  const { status } = refusal;
  if (status === 403 || status === 401 || status === 410)
    return { error: { code: 'row-broken', detail: `${String(status)} expired` }, retry: 'no' };
  if (status === 404) return { error: { code: 'row-broken', detail: '404' }, retry: 'no' };
  return judgeRefusal(refusal);
}
