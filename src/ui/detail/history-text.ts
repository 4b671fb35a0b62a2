import type { RunBoard } from '../../state/run-board.svelte';
import type { PictureEvent } from '../../state/picture-history';
import { modelName } from '../../models/registry';
import { counted, formatMeasured } from '../common/format';
import { samplingText } from './again-text';
import type { Verdict } from '../../core/verdict';
import { wayText } from './way-text';

/** How one thing that happened is told. */
export interface Entry {
  readonly title: string;
  /** What else is known of it; may be empty. */
  readonly note: string;
  /** What was written then. */
  readonly text?: string;
  /** Why it is the one that is seen now, among several. */
  readonly stands?: string;
}

/** @param event of the history of a picture in the run of this board */
export function entryOf(event: PictureEvent, { run }: Pick<RunBoard, 'run'>): Entry {
  switch (event.kind) {
    case 'described':
      return describedEntry(event, run.createdAt);
    case 'judged': {
      const { verdict, cellKeys, isAgain, isStanding } = event;
      const judge =
        verdict.writtenBy === 'model' || isWithoutModel(verdict)
          ? ''
          : ` by ${modelName(run.judge?.id ?? '')}`;
      const by = `${isAgain ? 'Judged again' : 'Judged'}${judge}`;
      const parts = [
        ...(cellKeys.length === 0 ? [] : [`from ${counted(cellKeys.length, 'answer')}`]),
        ...(verdict.way === undefined ? [] : [wayText(verdict.way)]),
        ...(verdict.writtenBy === 'consensus' ? ['put together from the claims'] : []),
        ...(verdict.judgeMs === 0 ? [] : [formatMeasured(verdict.judgeMs)]),
        ...fromBefore(event.at, run.createdAt),
      ];
      const stands = isStanding ? { stands: 'the verdict now' } : {};
      return { title: by, note: parts.join(' · '), text: verdict.caption, ...stands };
    }
    case 'chosen':
      return { title: 'An earlier verdict stands again', note: '', text: event.verdict.caption };
    case 'wrote':
      return event.text === null
        ? { title: 'You went back to the judge’s words', note: '' }
        : {
            title: 'You wrote',
            note: '',
            text: event.text,
            ...(event.isStanding ? { stands: 'the caption now' } : {}),
          };
    case 'accepted':
      return {
        title: event.accepted ? 'You accepted the caption' : 'You took the acceptance back',
        note: '',
      };
    case 'elsewhere': {
      const { runName, text, isOwn, isAccepted } = event.caption;
      const whose = isOwn ? 'your words' : 'the judge’s words';
      const note = isAccepted ? `${whose}, accepted` : whose;
      return { title: `Caption in the run “${runName}”`, note, text };
    }
    case 'judged-before':
      return {
        title: 'Judged from other answers',
        note: 'than any run has now, such as before a failed one was tried again',
        text: event.verdict.caption,
      };
  }
}

function describedEntry(event: Extract<PictureEvent, { kind: 'described' }>, runAt: number): Entry {
  const { cell, description, isAgain, standing } = event;
  const { lookMs, generateMs } = description.timings;
  const counts = standing.key === cell.key;
  const parts = [
    cell.prompt.title,
    ...(isAgain ? [samplingText(cell.identity.decode.sampling)] : []),
    formatMeasured(lookMs + generateMs),
    ...(counts ? [] : ['another answer counts in its place']),
    ...fromBefore(event.at, runAt),
  ];
  return {
    title: `${isAgain ? 'Described again' : 'Described'} by ${modelName(cell.modelId)}`,
    note: parts.join(' · '),
    text: description.text,
    ...(isAgain && counts ? { stands: 'counts now' } : {}),
  };
}

/** What a run finds in the journal it does not do again. */
function fromBefore(at: number, runAt: number): string[] {
  return at < runAt ? ['known from an earlier run'] : [];
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

export const timeText = (at: number): string => TIME.format(at);

/** Events under the day on which they were, in their order. */
export function byDay(
  events: readonly PictureEvent[],
  now: number,
): readonly (readonly [day: string, events: readonly PictureEvent[]])[] {
  const today = DAY.format(now);
  const days = new Map<string, PictureEvent[]>();
  for (const event of events) {
    const date = DAY.format(event.at);
    const day = date === today ? 'Today' : date;
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days];
}

/** Put together as the mode wants it, not in the place of what a model wrote. */
function isWithoutModel({ writtenBy, replaced }: Verdict): boolean {
  return writtenBy === 'consensus' && replaced === undefined;
}
