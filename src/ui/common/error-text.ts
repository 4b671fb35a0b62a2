import type { ErrorCode } from '../../core/errors';

/** What happened (and whose fault it was), and what a person can do next. */
export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export const ERROR_TEXT: Record<ErrorCode, ErrorText> = {
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
  'source-permission': {
    what: 'The browser has not been allowed to read this from its folder or ZIP.',
    next: 'Press “Allow access”, here or above the pictures; finished work is kept.',
  },
  'source-gone': {
    what: 'This file is not where it was: it was moved, renamed or deleted.',
    next: 'Put it back, or add it again from where it is now; finished descriptions are kept.',
  },
  'source-changed': {
    what: 'This file is not the picture any more that was added: it was changed since.',
    next: 'Add it again to describe what it shows now.',
  },
  'folder-empty': {
    what: 'There is no picture in this folder, nor in those inside it.',
    next: 'Choose the folder that has the pictures.',
  },
  'archive-empty': {
    what: 'There is no picture in this ZIP.',
    next: 'Look into it, or choose another one.',
  },
  'archive-unreadable': {
    what: 'This file is no ZIP, or one that different programs would read differently.',
    next: 'Unpack it and add the folder, or pack it again.',
  },
  'archive-truncated': {
    what: 'This ZIP is incomplete: its end, where its table of contents stands, is missing.',
    next: 'Copy or download it again, then add it once more.',
  },
  'archive-too-many': {
    what: 'This ZIP has more files than can be listed here.',
    next: 'Unpack it and add the folder.',
  },
  'archive-encrypted': {
    what: 'This file is locked by a password inside its ZIP.',
    next: 'Unpack the ZIP with the password and add the folder.',
  },
  'archive-path': {
    what: 'The name of this file points out of its ZIP, as no honest one does.',
    next: 'Do not unpack this ZIP unless you trust whoever made it.',
  },
  'archive-link': {
    what: 'This is a link to another file, not a picture.',
    next: 'Add the file that it points to.',
  },
  'archive-nested': {
    what: 'This is a ZIP inside a ZIP, which is not opened.',
    next: 'Unpack the outer one and add this one by itself.',
  },
  'archive-bomb': {
    what: 'Unpacked, this would be far larger than any picture: it seems made to fill the memory.',
    next: 'Do not unpack this ZIP unless you trust whoever made it.',
  },
  'archive-damaged': {
    what: 'This file is damaged inside its ZIP: its checksum or its length is wrong.',
    next: 'Copy or download the ZIP again, then add it once more.',
  },
  'archive-compression': {
    what: 'This file is packed in a way that browsers cannot unpack.',
    next: 'Unpack the ZIP and add the folder, or pack it again as an ordinary ZIP.',
  },
  'captions-unreadable': {
    what: 'Some captions in this list could not be read; the pictures were added without them.',
    next: 'Each needs a “file_name” and a text, as in a Hugging Face image folder.',
  },
  'url-not-found': {
    what: 'The site has nothing at this address.',
    next: 'Check the address, or copy it anew from the page that shows the picture.',
  },
  'url-refused': {
    what: 'The site does not show this picture to everybody.',
    next: 'Save the picture in the browser where you can see it, and drop it here.',
  },
  'url-failing': {
    what: 'The site has trouble of its own.',
    next: 'Try again later, or save the picture and drop it here.',
  },
  'url-forbidden': {
    what: 'The site answers, but does not let other pages read its pictures.',
    next: 'Save the picture and drop it here.',
  },
  'url-unreachable': {
    what: 'Nobody answers at this address, or this network does not let it through.',
    next: 'Check the address. If it opens in a tab of its own, save the picture and drop it here.',
  },
  'url-offline': {
    what: 'This device has no connection, so nothing can be fetched from the web.',
    next: 'Connect and try again, or drop a picture that you have.',
  },
  'url-insecure': {
    what: 'This address begins with http:, and a secure page may not read from it.',
    next: 'Try it with https:, or save the picture and drop it here.',
  },
  'url-page': {
    what: 'At this address is a page, not a picture.',
    next: 'Open it, right-click the picture and copy its address; or save it and drop it here.',
  },
  'url-too-large': {
    what: 'What this address has is too large for a picture.',
    next: 'If it is one, save it, make a smaller copy and drop that here.',
  },
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
  'machine-failing': {
    what: 'Too many descriptions failed in a row, so the run was paused.',
    next: 'Close other tabs or choose CPU in the settings, then continue.',
  },
  'source-failing': {
    what: 'Ten pictures in a row could not be read from their folder or ZIP, so the run was paused.',
    next: 'Allow access to it above the pictures, or put it back where it was, then continue.',
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
