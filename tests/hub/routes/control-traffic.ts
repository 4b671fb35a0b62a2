import * as v from 'valibot';

import { failures } from '../http/failure';
import type { Route } from '../http/site';
import type { TrafficFilter } from '../traffic';

const filterSchema = v.strictObject({
  site: v.exactOptional(v.picklist(['hub', 'cdn', 'viewer'])),
  stage: v.exactOptional(v.picklist(['api', 'resolve', 'content'])),
  repo: v.exactOptional(v.string()),
  file: v.exactOptional(v.string()),
  method: v.exactOptional(v.string()),
  after: v.exactOptional(v.pipe(v.string(), v.transform(Number), v.integer())),
});

function filterOf(url: URL): TrafficFilter {
  const filter = v.safeParse(filterSchema, Object.fromEntries(url.searchParams));
  if (!filter.success) throw failures.badRequest(v.summarize(filter.issues));
  return filter.output;
}

/** The counters and the log. */
export const trafficRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/traffic$/,
    stage: 'api',
    async answer(exchange) {
      const { traffic } = exchange.services;
      const filter = filterOf(exchange.url);
      const requests = traffic.requests(filter);
      await exchange.sendJson({ mark: traffic.mark(), totals: traffic.totals(filter), requests });
    },
  },
  {
    method: 'DELETE',
    pattern: /^\/traffic$/,
    stage: 'api',
    async answer(exchange) {
      exchange.services.traffic.reset();
      await exchange.sendJson({ mark: exchange.services.traffic.mark() });
    },
  },
  {
    // The secret is the body: in a URL it would be where no secret may be.
    method: 'POST',
    pattern: /^\/leaks$/,
    stage: 'api',
    async answer(exchange) {
      await exchange.sendJson(exchange.services.traffic.leaks(await exchange.requestText()));
    },
  },
];
