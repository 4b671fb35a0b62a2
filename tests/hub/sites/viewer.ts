import type { Site } from '../http/site';
import { viewerRoutes } from '../routes/viewer';

/** datasets-server.huggingface.co, with the pictures that CloudFront serves beside it. */
export const viewerSite: Site = {
  name: 'viewer',
  cors: 'viewer',
  logged: true,
  routes: viewerRoutes,
  headers: () => ({ 'Cache-Control': 'max-age=120' }),
  async sendFailure(exchange, { status, code, message, headers }) {
    if (exchange.subject.stage === 'content') {
      const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
      await exchange.sendText(xml, status, { 'Content-Type': 'text/xml' });
      return;
    }
    const named = code === undefined ? {} : { 'X-Error-Code': code };
    // Not exposed to pages, as on the Hub.
    const cached = { ...headers, 'Cache-Control': 'max-age=10' };
    await exchange.sendJson({ error: message }, status, { ...cached, ...named });
  },
};
