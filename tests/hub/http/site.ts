import http from 'node:http';

import type { Services } from '../services';
import type { SiteName, Stage, Subject } from '../subject';
import { answerPreflight, setCors, type CorsPolicy } from './cors';
import { Exchange } from './exchange';
import { HubFailure } from './failure';
import { failureOf } from './status-fault';

/** What the pattern's groups caught, decoded. */
export type Params = Readonly<Record<string, string>>;

export interface Route {
  /** GET answers HEAD as well. */
  method: 'GET' | 'POST' | 'DELETE';
  /** Of the path, still encoded; the groups `id` and `path` say which repository and file it is about. */
  pattern: RegExp;
  stage: Stage;
  /** For pages that no other origin may read. */
  withoutCors?: boolean;
  /** Where the URL alone does not tell what it is about. */
  about?: (params: Params, url: URL, services: Services) => Pick<Subject, 'repo' | 'file'>;
  answer: (exchange: Exchange, params: Params) => Promise<void>;
}

/** One origin of the Hub's: the routes it answers and how. */
export interface Site {
  name: SiteName;
  cors: CorsPolicy;
  routes: readonly Route[];
  /** Headers that every answer has. */
  headers: (url: URL) => Readonly<Record<string, string>>;
  /** How it puts an error. */
  sendFailure: (exchange: Exchange, failure: HubFailure) => Promise<void>;
  /** Whether its requests are logged. */
  logged: boolean;
}

export function siteServer(site: Site, services: Services): http.Server {
  return http.createServer((request, response) => {
    answer(site, request, response, services).catch((error: unknown) => {
      // A fault of the server itself is to look like nothing that a test may have ordered.
      if (response.headersSent) response.destroy();
      else response.writeHead(501).end(error instanceof Error ? error.stack : String(error));
    });
  });
}

async function answer(
  site: Site,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  services: Services,
): Promise<void> {
  const url = new URL(request.url ?? '/', services.origins[site.name]);
  const { route, params } = findRoute(site, request.method ?? 'GET', url);
  const about = route?.about?.(params, url, services);
  const subject: Subject = {
    site: site.name,
    stage: route?.stage ?? 'api',
    method: request.method ?? 'GET',
    pathname: url.pathname,
    ...(about ?? { repo: params.id, file: params.path }),
  };
  if (route?.withoutCors !== true) setCors(site.cors, request, response);
  for (const [name, value] of Object.entries(site.headers(url))) response.setHeader(name, value);
  const record = newRecord(site, request, subject, services);
  response.once('close', () => {
    record.status = response.statusCode;
    services.traffic.end(record, response.writableFinished ? 'complete' : 'aborted');
  });
  if (request.method === 'OPTIONS') {
    answerPreflight(site.cors, request, response);
    return;
  }
  const exchange = new Exchange({ request, response, url, record, services });
  try {
    const failure = failureOf(exchange);
    if (failure !== undefined) throw failure;
    if (route === undefined) throw new HubFailure(404, 'Not Found');
    await route.answer(exchange, params);
  } catch (error) {
    if (!(error instanceof HubFailure)) throw error;
    await site.sendFailure(exchange, error);
  }
}

function newRecord(
  site: Site,
  request: http.IncomingMessage,
  subject: Subject,
  services: Services,
): Exchange['record'] {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
  const target = request.url ?? '/';
  const seen = { host: request.headers.host ?? '', target, headers };
  return services.traffic.begin(seen, subject, site.logged);
}

function findRoute(
  site: Site,
  method: string,
  url: URL,
): { route: Route | undefined; params: Params } {
  const wanted = method === 'HEAD' || method === 'OPTIONS' ? 'GET' : method;
  for (const route of site.routes) {
    const match = route.method === wanted ? route.pattern.exec(url.pathname) : null;
    if (match !== null) return { route, params: decodedGroups(match.groups ?? {}) };
  }
  return { route: undefined, params: {} };
}

function decodedGroups(groups: Record<string, string | undefined>): Params {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) {
    if (value !== undefined) params[name] = decodeURIComponent(value);
  }
  return params;
}
