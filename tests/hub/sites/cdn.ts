import type { Site } from '../http/site';
import { object } from '../routes/object';

/** us.aws.cdn.hf.co and the like: another origin, which knows nothing but signed URLs. */
export const cdnSite: Site = {
  name: 'cdn',
  cors: 'cdn',
  logged: true,
  routes: [object],
  headers: () => ({}),
  async sendFailure(exchange, { status, message, headers }) {
    const code = status === 403 ? 'AccessDenied' : status === 404 ? 'NoSuchKey' : 'InternalError';
    const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    await exchange.sendText(xml, status, { 'Content-Type': 'text/xml', ...headers });
  },
};
