import type { KubernetesObject, V1ManagedFieldsEntry } from '@kubernetes/client-node';
import { isRecord } from '../../../../values/isRecord.ts';
import { secondOf } from '../../../../values/secondOf.ts';

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
 * it tells also what nobody has declared, such as `hostNetwork`, and a changed secret, whose declared value cannot be read. A switch that is
 * off says nothing.
 */
export function foreignFields(live: KubernetesObject): ForeignField[] {
  const entries = live.metadata?.managedFields ?? [];
  const own = new Map(entries.filter(isPulumi).flatMap(ownedFields));
  const plain: unknown = JSON.parse(JSON.stringify(live));
  return entries
    .filter((entry) => !isPulumi(entry) && entry.subresource === undefined)
    .flatMap(({ fieldsV1, manager = 'somebody', time }) =>
      leavesOf(fieldsV1, plain, '')
        .filter(({ path, value }) => value !== false && !harmless.some((pattern) => pattern.test(path)))
        .filter(({ path }) => !isOwn(own.get(path), time))
        .map(({ path }) => ({ path, manager, ...(time === undefined ? {} : { time: secondOf(new Date(time)) }) })),
    );
}

/** Since when a stack has a field; undefined where it has it, whoever has written it as well. */
interface Ownership {
  readonly since: Date | undefined;
}

/**
 * What is given as `stringData` of a Secret is its `data`, of which the API server does not know that they are the same: there, who has
 * written last is who has it.
 */
function ownedFields({ fieldsV1, time }: V1ManagedFieldsEntry): [string, Ownership][] {
  return leavesOf(fieldsV1, undefined, '').map(({ path }) =>
    path.startsWith('stringData.')
      ? [path.replace('stringData', 'data'), { since: new Date(time ?? 0) }]
      : [path, { since: undefined }],
  );
}

function isOwn(own: Ownership | undefined, time: Date | undefined): boolean {
  if (own === undefined) return false;
  return own.since === undefined || own.since >= new Date(time ?? 0);
}

interface Leaf {
  readonly path: string;
  /** What is there; undefined where that cannot be found. */
  readonly value: unknown;
}

/** A set of fields, one by one (`f:` a field, `k:` the merge keys of an element, `v:` an element of a set, `.` the element itself). */
function leavesOf(fields: unknown, value: unknown, path: string): Leaf[] {
  if (!isRecord(fields)) return [];
  return Object.entries(fields).flatMap(([key, inner]) => {
    if (key === '.') return [];
    const isField = key.startsWith('f:');
    const place = isField ? join(path, key.slice(2)) : `${path}[${elementOf(key)}]`;
    const there = isField ? fieldOf(value, key.slice(2)) : findElement(value, key);
    const below = leavesOf(inner, there, place);
    return below.length > 0 ? below : [{ path: place, value: there }];
  });
}

function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function findElement(value: unknown, key: string): unknown {
  if (!Array.isArray(value) || !key.startsWith('k:')) return undefined;
  const keys: unknown = JSON.parse(key.slice(2));
  if (!isRecord(keys)) return undefined;
  const list: readonly unknown[] = value;
  return list.find((element) => isRecord(element) && Object.entries(keys).every(([name, is]) => element[name] === is));
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
