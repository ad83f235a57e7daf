import { objectsOf, type KubernetesObject } from '../kubernetes/object.ts';

/** What the engine says of a resource. */
export interface EngineResource {
  /** The type token, such as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: unknown;
}

// A proxy of @pulumi/policy 1.21 (proxy.js) hands out what is behind it under this name. It throws at unknown values by itself, but
// takes a hundred times as long for each field; the fields of this pack know them too.
const behindProxy = '__getSpecialProxyTarget';

/**
 * The Kubernetes objects in a resource of a Pulumi program: one for a Deployment, several for a DeploymentList, none for what is not of
 * Kubernetes. Patches (`DeploymentPatch`) are left out, since they hold only a part of their object.
 * @throws UnknownFieldError for a list whose entries a preview cannot know.
 */
export function objectsOfResource({ type, name, urn, props }: EngineResource): readonly KubernetesObject[] {
  const [, version = '', kind = ''] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
  if (kind === '' || kind.endsWith('Patch')) return [];
  // The provider goes by the type, whatever the inputs say.
  const typed = { ...(Object(unwrapped(props)) as object), apiVersion: version.replace(/^core\//, ''), kind };
  return objectsOf(typed, { urn }, name);
}

function unwrapped(props: unknown): unknown {
  if (typeof props !== 'object' || props === null) return props;
  const target: unknown = Reflect.get(props, behindProxy);
  return typeof target === 'object' && target !== null ? target : props;
}
