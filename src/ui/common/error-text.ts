import type { ErrorCode } from '../../core/errors';
import { DATASET_ERROR_TEXT } from './dataset-error-text';
import { SOURCE_ERROR_TEXT } from './source-error-text';

/** What happened (and whose fault it was), and what a person can do next. */
export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export const ERROR_TEXT: Record<ErrorCode, ErrorText> = {
  ...SOURCE_ERROR_TEXT,
  ...DATASET_ERROR_TEXT,
  'image-empty': {
    what: 'This file is empty.',
    next: 'Copy or download it again, then add it once more.',
  },
  'image-not-an-image': {
    what: 'This file is not a picture.',
    next: 'Choose a JPEG, PNG, WebP, GIF, BMP, AVIF, HEIC or TIFF file.',
  },
  'image-truncated': {
    what: 'This picture is incomplete: its end is missing.',
    next: 'Copy or download it again, then add it once more.',
  },
  'image-too-large': {
    what: 'This picture has too many pixels to be opened safely here.',
    next: 'Save a copy with at most 16,384 pixels on its longer side and 100 megapixels in all.',
  },
  'image-svg': {
    what: 'SVG drawings have no pixels that a model could look at.',
    next: 'Export it as PNG first.',
  },
  'image-unsupported': {
    what: 'This kind of picture, or the way it is packed, cannot be opened here.',
    next: 'Save it as JPEG or PNG first.',
  },
  'image-gone': {
    what: 'The browser no longer has this picture’s data.',
    next: 'Add the file again; its finished descriptions are kept.',
  },
  'weights-missing': {
    what: 'A file of this model is missing on the server.',
    next: 'Leave this model out, or try again later.',
  },
  'weights-corrupt': {
    what: 'A file of this model arrived damaged and was thrown away.',
    next: 'Try again: it is fetched afresh.',
  },
  network: {
    what: 'The connection broke while this model was fetched.',
    next: 'Check the connection and try again; what has arrived is kept.',
  },
  'repository-name-unreadable': {
    what: 'This is not the name or the address of a repository.',
    next: 'Copy it from the top of the model’s page: owner/name.',
  },
  'repository-not-a-model': {
    what: 'This repository holds a dataset or a Space, not a model.',
    next: 'Paste the name of a model repository.',
  },
  'repository-not-found': {
    what: 'The Hub has no such repository, or it is private.',
    next: 'Check the name; for a private one, give an access token in the settings.',
  },
  'repository-gated': {
    what: 'The authors of this model let in only people who have asked.',
    next: 'Ask on the model’s page on the Hub, then give an access token of that account in the settings.',
  },
  'repository-disabled': {
    what: 'The Hub has closed this repository.',
    next: 'Choose another model.',
  },
  'revision-not-found': {
    what: 'This version of the model is not on the Hub any more.',
    next: 'Look the model up again to get the version that is there now.',
  },
  'token-refused': {
    what: 'The Hub does not accept your access token.',
    next: 'Make a new one on the Hub and put it into the settings, or take the old one out.',
  },
  'token-too-narrow': {
    what: 'Your access token does not allow gated repositories.',
    next: 'Allow “public gated repositories” for it in your settings on the Hub, then try again.',
  },
  'hub-unreachable': {
    what: 'The Hub can’t be reached.',
    next: 'Check the connection and the Hub address, then try again.',
  },
  'rate-limited': {
    what: 'The Hub wants fewer requests from this address for now.',
    next: 'Wait five minutes and continue; an access token allows more. What has arrived is kept.',
  },
  'hub-failing': {
    what: 'The Hub has trouble of its own.',
    next: 'Try again later; what has arrived is kept.',
  },
  'hub-unreadable': {
    what: 'What answered is not the Hub, or says something that this app does not understand.',
    next: 'Check the Hub address in the settings and whether this network asks for a login first.',
  },
  'quota-exceeded': {
    what: 'The browser has no more room for this site’s data.',
    next: 'Free some disk space, or delete models or pictures, then continue.',
  },
  'storage-blocked': {
    what: 'The browser does not let this site keep data.',
    next: 'Leave the private window or allow site data, then reload.',
  },
  'out-of-memory': {
    what: 'This device ran out of memory for this model.',
    next: 'Close other tabs, or choose fewer threads, then try again.',
  },
  'device-lost': {
    what: 'The browser took the graphics device away.',
    next: 'Try again; if it happens often, choose CPU in the settings.',
  },
  'worker-died': {
    what: 'The browser ended this model’s process, twice.',
    next: 'Close other tabs and try again.',
  },
  'worker-silent': {
    what: 'This model’s process was not heard of for minutes, twice; it was ended.',
    next: 'Close other tabs, or choose a smaller model, and try again.',
  },
  'machine-failing': {
    what: 'Too many descriptions failed in a row, so the run was paused.',
    next: 'Close other tabs or choose CPU in the settings, then continue.',
  },
  'model-broken': {
    what: 'This model could not be started on this device.',
    next: 'Choose the other device in the settings, or leave this model out.',
  },
  'model-file-broken': {
    what: 'A file of this model is broken: it is stored as its repository has it, but it is no model.',
    next: 'Delete the model and choose another precision or another export of it.',
  },
  'model-empty-answer': {
    what: 'The model had nothing to say about this picture.',
    next: 'Another prompt may get an answer.',
  },
  'nothing-to-judge': {
    what: 'No description of this picture succeeded, so there is nothing to judge.',
    next: 'Retry the failed descriptions.',
  },
  aborted: {
    what: 'This was stopped.',
    next: 'Continue when you like; finished work is kept.',
  },
  unknown: {
    what: 'Something went wrong in this app; the picture is not to blame.',
    next: 'Try again; if it stays, please report it with the details.',
  },
};
