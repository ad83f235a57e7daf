import { entries, field, fieldAt, isPresent, text } from './fields.ts';
import type { Workload } from './workloads.ts';

/** Kinds of objects that pods refer to by name, in their own namespace. */
export type ReferencedKind = 'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PersistentVolumeClaim';

/** Where an object names another. */
export interface Reference {
  readonly name: string;
  /** Where the name stands, from the object that refers. */
  readonly path: string;
  /** Whether the pod runs without it as well. */
  readonly optional: boolean;
  /** The keys that are asked of it; none where all are taken as they are. */
  readonly keys: readonly { readonly name: string; readonly path: string }[];
  /** The container that needs it, where it is one. */
  readonly container?: string;
}

/** What a kind is called where pods refer to it. */
interface Spelling {
  /** Of a variable's value: `valueFrom.configMapKeyRef`. */
  readonly keyRef: string;
  /** Of all variables at once: `envFrom[].configMapRef`. */
  readonly allRef: string;
  /** Of a volume, or of a source of a projected one. */
  readonly volume: string;
  /** The field with the name, in a volume. */
  readonly volumeName: string;
}

const spellings: Readonly<Record<'ConfigMap' | 'Secret', Spelling>> = {
  ConfigMap: { keyRef: 'configMapKeyRef', allRef: 'configMapRef', volume: 'configMap', volumeName: 'name' },
  Secret: { keyRef: 'secretKeyRef', allRef: 'secretRef', volume: 'secret', volumeName: 'secretName' },
};

// Kubernetes 1.34, core/v1: volumes whose plugin needs a Secret.
const secretVolumes: readonly (readonly string[])[] = [
  ['azureFile', 'secretName'],
  ['cephfs', 'secretRef', 'name'],
  ['csi', 'nodePublishSecretRef', 'name'],
  ['flexVolume', 'secretRef', 'name'],
  ['iscsi', 'secretRef', 'name'],
  ['rbd', 'secretRef', 'name'],
  ['scaleIO', 'secretRef', 'name'],
  ['storageos', 'secretRef', 'name'],
];

/** Where pods refer to objects of one kind. @throws UnknownFieldError */
export function* podReferences(workload: Workload, kind: ReferencedKind): Iterable<Reference> {
  if (kind === 'ServiceAccount') yield* serviceAccount(workload);
  else if (kind === 'PersistentVolumeClaim') yield* claims(workload);
  else {
    yield* inContainers(workload, spellings[kind]);
    yield* inVolumes(workload, spellings[kind]);
    if (kind === 'Secret') yield* otherSecrets(workload);
  }
}

function* serviceAccount({ podSpec, podPath }: Workload): Iterable<Reference> {
  // The older field is an alias of the newer one.
  const found = ['serviceAccountName', 'serviceAccount'].find((name) => isPresent(field(podSpec, name)));
  if (found !== undefined) yield* named(field(podSpec, found), `${podPath}.${found}`);
}

function* claims({ podSpec, podPath }: Workload): Iterable<Reference> {
  for (const [index, volume] of entries(field(podSpec, 'volumes')).entries())
    yield* named(
      fieldAt(volume, 'persistentVolumeClaim', 'claimName'),
      `${podPath}.volumes[${index}].persistentVolumeClaim.claimName`,
    );
}

function* inContainers({ containers }: Workload, { keyRef, allRef }: Spelling): Iterable<Reference> {
  for (const { spec, path, name: container } of containers) {
    for (const [index, entry] of entries(field(spec, 'env')).entries()) {
      const reference = fieldAt(entry, 'valueFrom', keyRef);
      const at = `${path}.env[${index}].valueFrom.${keyRef}`;
      yield* whole(reference, 'name', at, keysAt(reference, at), container);
    }
    for (const [index, entry] of entries(field(spec, 'envFrom')).entries())
      yield* whole(field(entry, allRef), 'name', `${path}.envFrom[${index}].${allRef}`, [], container);
  }
}

function* inVolumes({ podSpec, podPath }: Workload, { volume: kind, volumeName }: Spelling): Iterable<Reference> {
  for (const [index, volume] of entries(field(podSpec, 'volumes')).entries()) {
    const path = `${podPath}.volumes[${index}]`;
    const own = field(volume, kind);
    yield* whole(own, volumeName, `${path}.${kind}`, itemKeys(own, `${path}.${kind}`));
    for (const [number, source] of entries(fieldAt(volume, 'projected', 'sources')).entries()) {
      const at = `${path}.projected.sources[${number}].${kind}`;
      const projected = field(source, kind);
      yield* whole(projected, 'name', at, itemKeys(projected, at));
    }
  }
}

function* otherSecrets({ podSpec, podPath }: Workload): Iterable<Reference> {
  for (const [index, secret] of entries(field(podSpec, 'imagePullSecrets')).entries())
    yield* named(field(secret, 'name'), `${podPath}.imagePullSecrets[${index}].name`);
  for (const [index, volume] of entries(field(podSpec, 'volumes')).entries())
    for (const fields of secretVolumes)
      yield* named(fieldAt(volume, ...fields), [`${podPath}.volumes[${index}]`, ...fields].join('.'));
}

function* whole(
  reference: unknown,
  nameField: string,
  path: string,
  keys: Reference['keys'],
  container?: string,
): Iterable<Reference> {
  const optional = field(reference, 'optional') === true;
  for (const found of named(field(reference, nameField), `${path}.${nameField}`))
    yield { ...found, optional, keys, ...(container === undefined ? {} : { container }) };
}

function* named(value: unknown, path: string): Iterable<Reference> {
  const name = text(value) ?? '';
  if (name !== '') yield { name, path, optional: false, keys: [] };
}

function keysAt(reference: unknown, path: string): Reference['keys'] {
  const key = text(field(reference, 'key'));
  return key === undefined ? [] : [{ name: key, path: `${path}.key` }];
}

function itemKeys(source: unknown, path: string): Reference['keys'] {
  return entries(field(source, 'items')).flatMap((item, index) => keysAt(item, `${path}.items[${index}]`));
}
