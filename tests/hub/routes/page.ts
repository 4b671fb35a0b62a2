import type { Route } from '../http/site';
import { findRepo } from './find';
import { ID } from './paths';

/** The pages for people. Other origins may not read them, so an app that fetches one fails here as it would there. */
export const page: Route = {
  method: 'GET',
  pattern: new RegExp(
    `^/(?:(?<type>datasets)/)?${ID}(?:/(?:tree|blob|viewer|discussions)(?:/.*)?)?$`,
  ),
  stage: 'api',
  withoutCors: true,
  async answer(exchange, params) {
    const { id } = findRepo(exchange, params, 'readable');
    const html = `<!doctype html><title>${id.replaceAll('<', '&lt;')} · Hugging Face</title>`;
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'X-Frame-Options': 'DENY' };
    await exchange.sendText(html, 200, headers);
  },
};
