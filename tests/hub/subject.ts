export type SiteName = 'hub' | 'cdn' | 'viewer' | 'control';

/**
 * Which part of a download a request is: the API, the first hop of a file, or the hop that brings its bytes.
 */
export type Stage = 'api' | 'resolve' | 'content';

/** What a request is about: by this faults and counters find it. */
export interface Subject {
  site: SiteName;
  stage: Stage;
  method: string;
  pathname: string;
  repo: string | undefined;
  file: string | undefined;
}
