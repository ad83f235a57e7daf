import type { KubernetesObject } from '../kubernetes/object.ts';
import { UnknownFieldError } from '../kubernetes/unknown.ts';
import { objectsOfResource, type EngineResource } from './objectsOfResource.ts';

/** A resource whose objects a preview cannot know. */
export interface UnreadableResource {
  readonly resource: EngineResource;
  readonly error: UnknownFieldError;
}

/** The Kubernetes objects of resources, read once for all rules. */
export interface ReadResources {
  readonly objects: readonly KubernetesObject[];
  readonly unreadable: readonly UnreadableResource[];
}

/** Reads the Kubernetes objects of some resources. */
export function readResources(resources: readonly EngineResource[]): ReadResources {
  const objects: KubernetesObject[] = [];
  const unreadable: UnreadableResource[] = [];
  for (const resource of resources) {
    try {
      objects.push(...objectsOfResource(resource));
    } catch (error) {
      if (!(error instanceof UnknownFieldError)) throw error;
      unreadable.push({ resource, error });
    }
  }
  return { objects, unreadable };
}
