import type { ErrorCode } from '../../core/errors';
import type { ErrorText } from './error-text';

/** Of folders, ZIPs and addresses that pictures are read from. */
export const SOURCE_ERROR_TEXT = {
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
  'source-failing': {
    what: 'Ten pictures in a row could not be read from their folder or ZIP, so the run was paused.',
    next: 'Allow access to it above the pictures, or put it back where it was, then continue.',
  },
} as const satisfies Partial<Record<ErrorCode, ErrorText>>;
