import type { ErrorCode } from '../../core/errors';
import type { ErrorText } from './error-text';

/** Of datasets of the Hub, their rows and files. */
export const DATASET_ERROR_TEXT = {
  'dataset-name-unreadable': {
    what: 'This is not the name or the address of a dataset.',
    next: 'Copy it from the top of the dataset’s page: owner/name, or the address itself.',
  },
  'dataset-not-a-dataset': {
    what: 'This is a model or a Space, not a dataset.',
    next: 'Paste the address of a dataset: it has /datasets/ in it.',
  },
  'dataset-not-found': {
    what: 'The Hub has no such dataset, or it is private.',
    next: 'Check the name; for a private one, give an access token.',
  },
  'dataset-gated': {
    what: 'The authors of this dataset let in only people who have asked.',
    next: 'Ask on its page on the Hub, then give an access token of that account.',
  },
  'dataset-token-refused': {
    what: 'The Hub does not accept your access token for this dataset.',
    next: 'Give another one, or take it out.',
  },
  'dataset-token-too-narrow': {
    what: 'Your access token does not allow gated repositories.',
    next: 'Allow “public gated repositories” for it in your settings on the Hub, then try again.',
  },
  'dataset-disabled': {
    what: 'The Hub has closed this dataset.',
    next: 'Choose another one.',
  },
  'dataset-revision-gone': {
    what: 'This version of the dataset is not on the Hub any more.',
    next: 'Add its pictures again from the version that is there now.',
  },
  'dataset-part-missing': {
    what: 'The dataset has no such configuration or split.',
    next: 'Choose one of those that are listed.',
  },
  'dataset-file-missing': {
    what: 'The dataset does not have this file any more.',
    next: 'Add its pictures again from the version that is there now.',
  },
  'dataset-no-images': {
    what: 'There are no pictures in this dataset that the app can find.',
    next: 'Choose a dataset with an image column or with picture files.',
  },
  'dataset-nested-images': {
    what: 'This dataset keeps its pictures in lists of lists, which this app does not take apart.',
    next: 'Choose another dataset, or another configuration of this one.',
  },
  'dataset-archives-only': {
    what: 'This dataset keeps its pictures in archives, which are not read over the web.',
    next: 'Download one of its ZIP files and drop it here.',
  },
  'dataset-viewer-disabled': {
    what: 'The Hub shows no table of this dataset, and its repository has no picture or parquet files.',
    next: 'Choose another dataset.',
  },
  'dataset-viewer-failing': {
    what: 'The Hub’s dataset viewer could not read these rows.',
    next: 'Choose the original files instead, or try again later.',
  },
  'dataset-not-ready': {
    what: 'The Hub is still preparing this dataset.',
    next: 'Try again in some minutes.',
  },
  'dataset-too-big': {
    what: 'The rows of this dataset are packed into blocks too large to be read here.',
    next: 'Choose the viewer’s copies, or another dataset.',
  },
  'dataset-no-search': {
    what: 'The Hub has no search for this dataset.',
    next: 'Choose rows by their numbers.',
  },
  'dataset-busy': {
    what: 'The Hub wants fewer requests from this address for now.',
    next: 'Wait five minutes and try again; an access token allows more.',
  },
  'dataset-failing': {
    what: 'The Hub has trouble of its own.',
    next: 'Try again later; the pictures that came are kept.',
  },
  'dataset-unreadable': {
    what: 'What came from the Hub could not be understood.',
    next: 'Check the Hub address and whether this network asks for a login first.',
  },
  'dataset-offline': {
    what: 'The Hub could not be reached.',
    next: 'Check the connection and try again.',
  },
  'dataset-changed': {
    what: 'The dataset has changed on the Hub: this row is another picture now.',
    next: 'Add it again; the finished descriptions are kept.',
  },
  'row-empty': {
    what: 'This row has no picture.',
    next: 'Nothing to do: the other rows are added.',
  },
  'row-broken': {
    what: 'The picture of this row could not be read.',
    next: 'Try again, or choose the other kind of files.',
  },
  'parquet-codec': {
    what: 'The files of this dataset are packed in a way that this app cannot unpack.',
    next: 'Choose the viewer’s copies, or another dataset.',
  },
} as const satisfies Partial<Record<ErrorCode, ErrorText>>;
