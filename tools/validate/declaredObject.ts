import { isRecord } from '../values/isRecord.ts';

/** A Kubernetes object that the stack's state says it has made. */
export interface DeclaredObject {
  readonly urn: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Missing for what belongs to no namespace. */
  readonly namespace?: string;
  readonly name: string;
  /** What the program asked for; its secrets are {@link isSecretValue} values. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

// Pulumi 3.160 `sdk/go/common/resource/sig`: how a state marks a value of a special kind, and a secret.
const signatureKey = '4dabf18193072939515e22adb298388d';
const secretSignature = '1b47061264138c4ac30d75fd1eb44270';

/** Whether a value of a state is a secret, which is there only encrypted. */
export function isSecretValue(value: unknown): boolean {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** A person's name of an object: `Deployment tracing/jaeger-collector`. */
export function describeObject({ kind, namespace, name }: Pick<DeclaredObject, 'kind' | 'namespace' | 'name'>): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** The Kubernetes objects of an exported state, in its order. What is only read, or being deleted, is none. */
export function declaredObjects(resources: readonly unknown[]): DeclaredObject[] {
  return resources.flatMap((resource) => (isRecord(resource) ? declaredObject(resource) : []));
}

/** The project of an exported state, as its first URN says (`urn:pulumi:STACK::PROJECT::…`); undefined where there is none. */
export function stateProject(resources: readonly unknown[]): string | undefined {
  const urn = resources
    .map((resource) => (isRecord(resource) ? resource['urn'] : undefined))
    .find((each) => typeof each === 'string');
  return urn?.split('::')[1];
}

function declaredObject(resource: Readonly<Record<string, unknown>>): DeclaredObject[] {
  const { type, urn, inputs, id } = resource;
  if (typeof type !== 'string' || !type.startsWith('kubernetes:') || typeof urn !== 'string') return [];
  if (resource['external'] === true || resource['delete'] === true || !isRecord(inputs)) return [];
  const { apiVersion, kind, metadata } = inputs;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof id !== 'string') return [];
  const [name = '', namespace] = id.split('/').reverse();
  // A state's inputs may lack the names that the provider made.
  const manifest = { ...inputs, metadata: { ...(isRecord(metadata) ? metadata : {}), name } };
  return [{ urn, apiVersion, kind, name, manifest, ...(namespace === undefined ? {} : { namespace }) }];
}
