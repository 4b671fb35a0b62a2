import * as v from 'valibot';

import { faultSchema } from '../faults';
import type { Exchange } from '../http/exchange';
import { failures } from '../http/failure';
import type { Route } from '../http/site';

const orderSchema = v.union([
  v.array(faultSchema),
  v.pipe(
    faultSchema,
    v.transform((f) => [f]),
  ),
]);

async function sendList(exchange: Exchange): Promise<void> {
  await exchange.sendJson(exchange.services.faults.list());
}

/** Orders, lists and forgets faults; an order that can't be read is refused, so that a slip is not a passing test. */
export const faultRoutes: readonly Route[] = [
  { method: 'GET', pattern: /^\/faults$/, stage: 'api', answer: sendList },
  {
    method: 'POST',
    pattern: /^\/faults$/,
    stage: 'api',
    async answer(exchange) {
      const order = v.safeParse(orderSchema, parseJson(await exchange.requestText()));
      if (!order.success) throw failures.badRequest(v.summarize(order.issues));
      exchange.services.faults.add(...order.output);
      await sendList(exchange);
    },
  },
  {
    method: 'DELETE',
    pattern: /^\/faults$/,
    stage: 'api',
    async answer(exchange) {
      exchange.services.faults.clear();
      await sendList(exchange);
    },
  },
  {
    method: 'POST',
    pattern: /^\/faults\/release$/,
    stage: 'api',
    async answer(exchange) {
      exchange.services.faults.release();
      await sendList(exchange);
    },
  },
];

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failures.badRequest('The body is not JSON.');
  }
}
