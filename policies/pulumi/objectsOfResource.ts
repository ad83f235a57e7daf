import { objectsOf, type KubernetesObject } from '../kubernetes/object.ts';
import { behindProxy } from './behindProxy.ts';

/** What the engine says of a resource. */
export interface EngineResource {
  /** The type token, such as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: unknown;
}

// Of the provider, but not of Kubernetes: what makes objects out of files and charts, and releases, which hide theirs.
const notKubernetes = /^(?:yaml|kustomize|helm\.sh)(?:\/|$)/;

/**
 * The Kubernetes objects in a resource of a Pulumi program: one for a Deployment, several for a DeploymentList, none for what is not of
 * Kubernetes. Patches (`DeploymentPatch`) are left out, since they hold only a part of their object.
 * @throws UnknownFieldError for a list whose entries a preview cannot know.
 */
export function objectsOfResource({ type, name, urn, props }: EngineResource): readonly KubernetesObject[] {
  const [, version = '', kind = ''] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
  if (kind === '' || kind.endsWith('Patch') || notKubernetes.test(version)) return [];
  // The provider goes by the type, whatever the inputs say.
  const typed = { ...(Object(behindProxy(props)) as object), apiVersion: version.replace(/^core\//, ''), kind };
  return objectsOf(typed, { urn }, name);
}
