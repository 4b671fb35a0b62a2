import { failures } from '../http/failure';
import { hubHeaders } from '../http/hub-headers';
import type { Route, Site } from '../http/site';
import { modelInfo } from '../routes/model-info';
import { page } from '../routes/page';
import { pathsInfo } from '../routes/paths-info';
import { raw, resolve } from '../routes/resolve';
import { resolveCache } from '../routes/resolve-cache';
import { tree } from '../routes/tree';
import { whoami } from '../routes/whoami';

const noSuchApi: Route = {
  method: 'GET',
  pattern: /^\/api\//,
  stage: 'api',
  answer: () => Promise.reject(failures.pageNotFound()),
};

/** huggingface.co */
export const hubSite: Site = {
  name: 'hub',
  cors: 'hub',
  logged: true,
  routes: [whoami, resolveCache, tree, pathsInfo, modelInfo, noSuchApi, resolve, raw, page],
  headers: hubHeaders,
  /** The API puts an error as JSON, a file's URL as plain text; code and message are headers too. */
  async sendFailure(exchange, { status, code, message, headers }) {
    const named = {
      ...headers,
      ...(code !== undefined && { 'X-Error-Code': code }),
      'X-Error-Message': message,
    };
    if (exchange.subject.stage === 'api')
      await exchange.sendJson({ error: message }, status, named);
    else await exchange.sendText(message, status, named);
  },
};
