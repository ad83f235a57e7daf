import type { KubernetesObject, V1ManagedFieldsEntry } from '@kubernetes/client-node';
import { isRecord } from '../../../../values/isRecord.ts';

/** A field that somebody else than the stack has set. */
export interface ForeignField {
  /** Such as `spec.template.spec.hostNetwork`. */
  readonly path: string;
  /** Who, as server-side apply knows them: `kubectl-edit`. */
  readonly manager: string;
  /** When, in ISO 8601, as far as it is known. */
  readonly time?: string;
}

/** Whether a manager of fields is a Pulumi stack: the provider calls itself `pulumi-kubernetes-` and a number. */
export function isPulumi({ manager = '' }: V1ManagedFieldsEntry): boolean {
  return manager.startsWith('pulumi-kubernetes');
}

/** What others set that is no part of what is declared: status, revisions, a restart, tokens of service accounts, a namespace's end. */
const harmless = [
  /^metadata\./,
  /^status\b/,
  /^spec\.template\.metadata\.annotations\./,
  /^secrets\b/,
  /^imagePullSecrets\b/,
  /^spec\.finalizers\b/,
];

/**
 * The fields of an object that belong to somebody else than a stack, and to no stack beside: the API server keeps account of that, so that
 * it tells also what nobody has declared, such as `hostNetwork`, and a changed secret, whose declared value cannot be read.
 */
export function foreignFields({ metadata }: KubernetesObject): ForeignField[] {
  const entries = metadata?.managedFields ?? [];
  const own = new Set(entries.filter(isPulumi).flatMap(({ fieldsV1 }) => leavesOf(fieldsV1, '')));
  return entries
    .filter((entry) => !isPulumi(entry) && entry.subresource === undefined)
    .flatMap(({ fieldsV1, manager = 'somebody', time }) =>
      leavesOf(fieldsV1, '')
        .filter((path) => !own.has(path) && !harmless.some((pattern) => pattern.test(path)))
        .map((path) => ({
          path,
          manager,
          ...(time === undefined ? {} : { time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z') }),
        })),
    );
}

/** The paths of a set of fields (`f:` a field, `k:` the merge keys of an element, `v:` an element of a set, `.` the element itself). */
function leavesOf(fields: unknown, path: string): string[] {
  if (!isRecord(fields)) return [];
  return Object.entries(fields).flatMap(([key, inner]) => {
    if (key === '.') return [];
    const place = key.startsWith('f:') ? join(path, key.slice(2)) : `${path}[${elementOf(key)}]`;
    const below = leavesOf(inner, place);
    return below.length > 0 ? below : [place];
  });
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function elementOf(key: string): string {
  const text = key.slice(2);
  if (!key.startsWith('k:')) return text.replaceAll('"', '');
  const keys: unknown = JSON.parse(text);
  return isRecord(keys) ? Object.values(keys).map(String).join('/') : text;
}
