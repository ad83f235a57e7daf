import type { KubernetesObject } from './object.ts';

/** Objects of one kind, found by namespace and name. */
export class ObjectIndex {
  readonly #byName = new Map<string, KubernetesObject>();
  readonly #byNamespace = new Map<string, KubernetesObject[]>();

  /** @param group - The API group; that of core objects is the empty text. */
  constructor(objects: Iterable<KubernetesObject>, kind: string, group: string) {
    for (const object of objects) {
      if (!object.is(kind, group)) continue;
      this.#byName.set(keyOf(object.namespace, object.name), object);
      const list = this.#byNamespace.get(object.namespace);
      if (list === undefined) this.#byNamespace.set(object.namespace, [object]);
      else list.push(object);
    }
  }

  /** @param namespace - The empty text for objects without a written one. */
  find(namespace: string, name: string): KubernetesObject | undefined {
    return this.#byName.get(keyOf(namespace, name));
  }

  in(namespace: string): readonly KubernetesObject[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  get all(): readonly KubernetesObject[] {
    return [...this.#byNamespace.values()].flat();
  }
}

function keyOf(namespace: string, name: string): string {
  return JSON.stringify([namespace, name]);
}
