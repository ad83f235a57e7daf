import { field, isPresent } from './fields.ts';
import { labelSelectorOf, selects, type LabelSelector } from './labelSelector.ts';
import { ObjectIndex } from './objectIndex.ts';
import type { KubernetesObject } from './object.ts';
import type { PodIndex, Pods } from './podIndex.ts';

/** The pods that a peer of a network policy means. */
export interface MeantPods {
  readonly pods: readonly Pods[];
  /** Whether namespaces outside of the set can be meant as well. */
  readonly alsoElsewhere: boolean;
}

/** The label that Kubernetes itself puts on every namespace: its name. */
const nameLabel = 'kubernetes.io/metadata.name';

/** Finds the pods of a set that peers of network policies mean. */
export class PolicyPeers {
  readonly #pods: PodIndex;
  readonly #namespaces: ObjectIndex;

  constructor(objects: readonly KubernetesObject[], pods: PodIndex) {
    this.#pods = pods;
    this.#namespaces = new ObjectIndex(objects, 'Namespace', '');
  }

  /**
   * The pods that a peer means, where it means namespaces which have pods in the set.
   *
   * @param namespace - That of the policy.
   * @returns `undefined` for addresses, and for namespaces whose pods are made elsewhere.
   * @throws UnknownFieldError
   */
  meantBy(peer: unknown, namespace: string): MeantPods | undefined {
    if (isPresent(field(peer, 'ipBlock'))) return undefined;
    const ofNamespaces = field(peer, 'namespaceSelector');
    const names = isPresent(ofNamespaces) ? this.#namesOf(labelSelectorOf(ofNamespaces)) : [namespace];
    if (names.length === 0 || names.some((name) => this.#pods.in(name).length === 0)) return undefined;
    const selector = labelSelectorOf(field(peer, 'podSelector') ?? {});
    return {
      pods: names.flatMap((name) => [...this.#pods.matching(name, selector)]),
      alsoElsewhere: isPresent(ofNamespaces) && namedBy(labelSelectorOf(ofNamespaces)) === undefined,
    };
  }

  /** Names of the namespaces that a selector means, as far as the set knows; none where it means all, or others. */
  #namesOf(selector: LabelSelector | undefined): readonly string[] {
    if (selector === undefined || selector.length === 0) return [];
    const named = namedBy(selector);
    if (named !== undefined) return named;
    return this.#namespaces.all
      .filter(({ name, labels }) => selects(selector, { ...labels, [nameLabel]: name }))
      .map(({ name }) => name);
  }
}

/** The names that a selector lists, where it asks for nothing else. */
function namedBy(selector: LabelSelector | undefined): readonly string[] | undefined {
  const [first, ...rest] = selector ?? [];
  return first?.key === nameLabel && first.operator === 'In' && rest.length === 0 ? first.values : undefined;
}
