import type { Access } from './access';
import type { FaultTable } from './faults';
import type { RepoStore } from './repo/repo-store';
import type { UrlSigner } from './signature';
import type { ViewerDataset } from './datasets/table';
import type { SiteName } from './subject';
import type { Traffic } from './traffic';

/** What the sites share. */
export interface Services {
  repos: RepoStore;
  access: Access;
  /** What the dataset viewer knows, by id; of others it says that it is disabled for them. */
  viewers: Map<string, ViewerDataset>;
  signer: UrlSigner;
  faults: FaultTable;
  traffic: Traffic;
  /** Where each site is, without a slash at the end. */
  origins: Readonly<Record<SiteName, string>>;
  /** Entries in one answer of the tree API; half a hundred with `expand`. */
  treePageSize: number;
}
