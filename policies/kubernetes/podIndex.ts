import { field, texts } from './fields.ts';
import { selects, type Labels, type LabelSelector } from './labelSelector.ts';
import type { KubernetesObject } from './object.ts';
import type { Workload } from './workloads.ts';

/** The pods that an object makes. */
export interface Pods {
  readonly object: KubernetesObject;
  readonly workload: Workload;
  readonly labels: Labels;
}

/** The pods of some objects, found by their labels: in a time that grows with what is found, not with what is there. */
export class PodIndex {
  readonly #byNamespace = new Map<string, Pods[]>();
  readonly #byLabel = new Map<string, Pods[]>();

  /** Takes in the pods of an object; one that makes none is left out. @throws UnknownFieldError */
  add(object: KubernetesObject): void {
    const { workload, namespace, kind } = object;
    // Nobody makes pods of a PodTemplate by itself.
    if (workload === undefined || kind === 'PodTemplate') return;
    const pods = { object, workload, labels: texts(field(workload.metadata, 'labels')) };
    append(this.#byNamespace, namespace, pods);
    for (const [key, value] of Object.entries(pods.labels))
      append(this.#byLabel, labelKey(namespace, key, value), pods);
  }

  /** The pods of a namespace. */
  in(namespace: string): readonly Pods[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  get all(): readonly Pods[] {
    return [...this.#byNamespace.values()].flat();
  }

  /** The pods of a namespace that a selector takes; none without a selector. */
  *matching(namespace: string, selector: LabelSelector | undefined): Iterable<Pods> {
    if (selector === undefined) return;
    for (const list of this.#candidates(namespace, selector))
      for (const pods of list) if (selects(selector, pods.labels)) yield pods;
  }

  /** The first of them. */
  first(namespace: string, selector: LabelSelector | undefined): Pods | undefined {
    for (const pods of this.matching(namespace, selector)) return pods;
    return undefined;
  }

  /** The pods with one of the labels that the selector asks for: of that label which the fewest have. */
  #candidates(namespace: string, selector: LabelSelector): readonly (readonly Pods[])[] {
    let fewest = [this.in(namespace)];
    for (const { key, operator, values } of selector) {
      if (operator !== 'In') continue;
      const lists = [...new Set(values)].map((value) => this.#byLabel.get(labelKey(namespace, key, value)) ?? []);
      if (sizeOf(lists) < sizeOf(fewest)) fewest = lists;
    }
    return fewest;
  }
}

function sizeOf(lists: readonly (readonly Pods[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

function append(map: Map<string, Pods[]>, key: string, pods: Pods): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [pods]);
  else list.push(pods);
}

function labelKey(namespace: string, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}
