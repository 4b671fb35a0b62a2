import type { Access } from './access';
import type { FaultTable } from './faults';
import type { RepoStore } from './repo/repo-store';
import type { UrlSigner } from './signature';
import type { SiteName } from './subject';
import type { Traffic } from './traffic';

/** What the sites share. */
export interface Services {
  repos: RepoStore;
  access: Access;
  signer: UrlSigner;
  faults: FaultTable;
  traffic: Traffic;
  /** Where each site is, without a slash at the end. */
  origins: Readonly<Record<SiteName, string>>;
  /** Entries in one answer of the tree API; half a hundred with `expand`. */
  treePageSize: number;
}
