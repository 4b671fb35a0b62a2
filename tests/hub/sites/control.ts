import type { Site } from '../http/site';
import { faultRoutes } from '../routes/control-faults';
import { repoRoutes } from '../routes/control-repos';
import { trafficRoutes } from '../routes/control-traffic';

/** Faults and counters over HTTP, for tests that run in another process, and for trying by hand. */
export const controlSite: Site = {
  name: 'control',
  cors: 'open',
  logged: false,
  routes: [...faultRoutes, ...trafficRoutes, ...repoRoutes],
  headers: () => ({ 'Cache-Control': 'no-store' }),
  async sendFailure(exchange, { status, message }) {
    await exchange.sendJson({ error: message }, status);
  },
};
