import { setTimeout } from 'node:timers/promises';

import type { Fault, Span } from '../faults';
import type { Content } from '../repo/content';
import type { Exchange } from './exchange';

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

interface BodyFaults {
  cut: Of<'cut'> | undefined;
  stall: Of<'stall'> | undefined;
  wrong: Of<'wrong-bytes'> | undefined;
  slow: Of<'slow'> | undefined;
}

const SLOW_PIECE_BYTES = 16 * 1024;

/** Sends part of a content as the body, after the status and headers that are set, with the faults that are due. */
export async function sendBody(exchange: Exchange, content: Content, span: Span): Promise<void> {
  const { response, record } = exchange;
  record.status = response.statusCode;
  if (exchange.isHead) {
    response.end();
    return;
  }
  const faults = takeBodyFaults(exchange, span);
  const cutAt = faults.cut?.afterBytes ?? Infinity;
  const stallAt = faults.stall?.afterBytes ?? Infinity;
  for await (const chunk of content.read(span.start, span.end)) {
    for (const piece of split(chunk, record.sentBytes, [cutAt, stallAt], faults.slow)) {
      if (exchange.gone.aborted) return;
      if (record.sentBytes === stallAt) {
        response.flushHeaders();
        await exchange.services.faults.stall(faults.stall?.forMs, exchange.gone);
      }
      if (record.sentBytes === cutAt) {
        cutConnection(exchange);
        return;
      }
      await write(exchange, spoil(piece, span.start + record.sentBytes, faults.wrong));
      if (faults.slow !== undefined) await pause(piece.length / faults.slow.bytesPerSecond);
    }
  }
  response.end();
}

function takeBodyFaults({ services, subject, record }: Exchange, span: Span): BodyFaults {
  const { faults } = services;
  const taken = {
    cut: faults.take(['cut'], subject, span),
    stall: faults.take(['stall'], subject, span),
    wrong: faults.take(['wrong-bytes'], subject, span),
    slow: faults.take(['slow'], subject, span),
  };
  for (const fault of Object.values(taken)) if (fault !== undefined) record.faults.push(fault.kind);
  return taken;
}

/** Pieces that end where something is to happen; `position` is that of the chunk in the body. */
function* split(
  chunk: Uint8Array,
  position: number,
  marks: readonly number[],
  slow: Of<'slow'> | undefined,
): Iterable<Uint8Array> {
  const longest = slow === undefined ? chunk.length : SLOW_PIECE_BYTES;
  let from = 0;
  while (from < chunk.length) {
    const ahead = marks.map((mark) => mark - position).filter((mark) => mark > from);
    const to = Math.min(chunk.length, from + longest, ...ahead);
    yield chunk.subarray(from, to);
    from = to;
  }
}

/** Resolves when the bytes are handed to the network, or when nobody waits for them any more. */
async function write({ response, record }: Exchange, piece: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    response.write(piece, (error) => {
      if (error === undefined || error === null) record.sentBytes += piece.length;
      resolve();
    });
  });
}

function spoil(piece: Uint8Array, offset: number, wrong: BodyFaults['wrong']): Uint8Array {
  if (wrong === undefined) return piece;
  const from = Math.max(0, wrong.offset - offset);
  const to = Math.min(piece.length, wrong.offset + (wrong.length ?? 1) - offset);
  if (from >= to) return piece;
  const spoiled = piece.slice();
  for (let index = from; index < to; index++) spoiled[index] = 255 - (spoiled[index] ?? 0);
  return spoiled;
}

function cutConnection({ response, record, services }: Exchange): void {
  services.traffic.end(record, 'cut');
  response.flushHeaders();
  // Ended and not destroyed: the bytes before the cut are to arrive.
  response.socket?.end();
}

async function pause(seconds: number): Promise<void> {
  await setTimeout(seconds * 1000);
}
