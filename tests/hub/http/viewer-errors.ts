/** Status and words of the dataset viewer's errors (dataset-viewer, libs/libapi and libs/libcommon, exceptions.py). */
export const VIEWER_ERRORS = {
  ExternalUnauthenticatedError: [401, 'The dataset does not exist, or is not accessible.'],
  ExternalAuthenticatedError: [404, 'The dataset does not exist, or is not accessible.'],
  ResponseNotFound: [404, 'Not found.'],
  MissingRequiredParameter: [422, "Parameters 'dataset', 'config' and 'split' are required"],
  InvalidParameter: [422, 'Invalid parameter'],
  SearchFeatureNotAvailableError: [400, 'The split does not have search feature.'],
  ResponseNotReady: [
    500,
    'The server is busier than usual and the response is not ready yet. Please retry later.',
  ],
  ResponseNotReadyError: [
    500,
    'The server is busier than usual and the response is not ready yet. Please retry later.',
  ],
  TooBigContentError: [
    500,
    'Rows from parquet row groups are too big to be read: Scan size limit exceeded',
  ],
  TransformRowsProcessingError: [500, 'Server error while post-processing the split rows.'],
  UnexpectedError: [500, 'Unexpected error.'],
  NotSupportedDisabledViewerError: [501, 'The dataset viewer is disabled for this dataset.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

export type ViewerErrorCode = keyof typeof VIEWER_ERRORS;

export const VIEWER_ERROR_CODES = Object.keys(VIEWER_ERRORS) as [
  ViewerErrorCode,
  ...ViewerErrorCode[],
];
