/** Parts of the Hub's paths as regular expressions; a repository's id has one segment or two. */
export const TYPE = '(?<type>models|datasets)';
export const ID = String.raw`(?<id>[^/]+(?:/[^/]+)?)`;
/** `refs/pr/1` may come with its slashes encoded or, as listFiles of @huggingface/hub sends it, not. */
export const REVISION = String.raw`(?<revision>refs/(?:pr|convert)/[^/]+|[^/]+)`;

export function apiPattern(rest: string): RegExp {
  return new RegExp(`^/api/${TYPE}/${rest}$`);
}
