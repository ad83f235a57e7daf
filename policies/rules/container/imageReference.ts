/** What an image is called, in its parts. */
export interface ImageReference {
  /** The host of the registry with its port, where one is written. */
  readonly registry: string | undefined;
  /** What it is called in its registry: `team/shop`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:…`. */
  readonly digest: string | undefined;
}

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const host = new RegExp(String.raw`^(?:${label}(?:\.${label})*|\[[0-9A-Fa-f:]+\])(?::\d+)?$`);
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}$/;
const sha256Form = /^sha256:[0-9a-f]{64}$/;
const longestName = 255;

/**
 * Reads the name of an image as container runtimes do (github.com/distribution/reference, the grammar in reference.go).
 *
 * Nothing is filled in: an image without a registry has none here, since which one that means is up to each node; one
 * without a tag or digest has none of both.
 *
 * @returns `undefined` for what is no name of an image.
 */
export function parseImageReference(image: string): ImageReference | undefined {
  const [named = '', digest, ...others] = image.split('@');
  const { name, tag } = splitTag(named);
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const registry = isHost(first) ? first : undefined;
  const repository = registry === undefined ? name : name.slice(slash + 1);
  const right =
    others.length === 0 &&
    name.length <= longestName &&
    (registry === undefined || host.test(registry)) &&
    repository.split('/').every((part) => component.test(part)) &&
    (tag === undefined || tagForm.test(tag)) &&
    (digest === undefined || isDigest(digest));
  return right ? { registry, repository, tag, digest } : undefined;
}

/** A colon before the last slash is that of a registry's port. */
function splitTag(named: string): { name: string; tag: string | undefined } {
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  if (colon === -1) return { name: named, tag: undefined };
  return { name: named.slice(0, colon), tag: named.slice(colon + 1) };
}

/** Names of repositories have no capitals; what has some before its first slash can only be a host. */
function isHost(first: string): boolean {
  return /[.:A-Z]/.test(first) || first === 'localhost';
}

function isDigest(digest: string): boolean {
  return digest.startsWith('sha256:') ? sha256Form.test(digest) : digestForm.test(digest);
}
