import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Access, type TokenGrant } from './access';
import { FaultTable } from './faults';
import { siteServer, type Site } from './http/site';
import type { Repo } from './repo/repo';
import { RepoStore } from './repo/repo-store';
import type { Services } from './services';
import { UrlSigner } from './signature';
import { cdnSite } from './sites/cdn';
import type { ViewerDataset } from './datasets/table';
import { controlSite } from './sites/control';
import { hubSite } from './sites/hub';
import { viewerSite } from './sites/viewer';
import type { SiteName } from './subject';
import { Traffic } from './traffic';

/** Another protocol of the Hub's is another site here, with its routes, and its name in `SiteName`. */
const SITES: readonly Site[] = [hubSite, cdnSite, viewerSite, controlSite];

export interface HubOptions {
  repos?: readonly Repo[];
  /** What the dataset viewer knows. */
  viewers?: readonly ViewerDataset[];
  tokens?: readonly TokenGrant[];
  /** Any free port by default. */
  ports?: Partial<Record<SiteName, number>>;
  /** How long a signed URL is good for; the Hub's are for an hour. */
  signatureSeconds?: number;
  treePageSize?: number;
  /** The time that signatures are made and checked by, in milliseconds. */
  now?: () => number;
}

/** A running Hub. What it serves, its faults and its counters can be changed and read while it runs. */
export interface Hub extends Pick<
  Services,
  'repos' | 'viewers' | 'access' | 'faults' | 'traffic' | 'origins'
> {
  /** What an app takes for `https://huggingface.co`. */
  url: string;
  /** What an app takes for `https://datasets-server.huggingface.co`. */
  viewerUrl: string;
  close: () => Promise<void>;
}

export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const { signatureSeconds = 3600, treePageSize = 1000, now = Date.now } = options;
  const origins: Record<SiteName, string> = { hub: '', cdn: '', viewer: '', control: '' };
  const services: Services = {
    repos: new RepoStore(),
    viewers: new Map(),
    access: new Access(),
    signer: new UrlSigner(signatureSeconds, now),
    faults: new FaultTable(),
    traffic: new Traffic(),
    origins,
    treePageSize,
  };
  for (const repo of options.repos ?? []) services.repos.add(repo);
  for (const dataset of options.viewers ?? []) services.viewers.set(dataset.id, dataset);
  for (const grant of options.tokens ?? []) services.access.allow(grant);
  const servers = SITES.map((site) => ({ site, server: siteServer(site, services) }));
  for (const { site, server } of servers) {
    origins[site.name] = await listen(server, options.ports?.[site.name] ?? 0);
  }
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(({ server }) => closeServer(server)));
  };
  return { ...services, url: origins.hub, viewerUrl: origins.viewer, close };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ends answers that are under way as well, stalled ones above all. */
async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
