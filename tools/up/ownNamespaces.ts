import { CoreV1Api, type KubeConfig, type V1Namespace } from '@kubernetes/client-node';
import { stackLabel } from '../../infra/kubernetes/labels.ts';
import { shorten } from '../kube/logLines.ts';
import { unlessAbsent } from '../kube/namespaces.ts';
import { enforcedLevel, enforceLabel } from '../kube/podSecurity.ts';

const partOf = 'app.kubernetes.io/part-of';

/** A namespace that the stack would make is another stack's. */
export class NamespaceTakenError extends Error {
  override readonly name = 'NamespaceTakenError';

  constructor(namespace: string, owner: string, stack: string) {
    super(
      `namespace ${namespace} belongs to stack ${owner}: stack ${stack} needs one for itself. Give it another ` +
        '(tracewright:namespace), or use another cluster. Nothing was deployed.',
    );
  }
}

/** A namespace that the stack would make is there already, and is not fit to become its own. */
export class ForeignNamespaceError extends Error {
  override readonly name = 'ForeignNamespaceError';

  constructor(namespace: string, stack: string, faults: readonly string[]) {
    super(
      `namespace ${namespace} is there already, and was not made by stack ${stack}: ${faults.join('; ')}. The stack takes over a ` +
        'namespace that was made for it, refuses its pods what no policy allows, and deletes it in the end. Give the stack ' +
        `another one (tracewright:namespace); or, where ${namespace} is meant for it, move out what is not Jaeger's and run ` +
        `kubectl label --overwrite namespace ${namespace} ${enforceLabel}=restricted. Nothing was deployed.`,
    );
  }
}

/** A namespace that is there, as far as it is judged. */
export interface FoundNamespace extends Pick<V1Namespace, 'metadata'> {
  /** Names of the pods in it that are not Tracewright's. */
  readonly foreignPods: readonly string[];
}

/** What a stack may expect of a namespace. */
export interface Claim {
  readonly stack: string;
  /** Whether the stack's state holds it. */
  readonly known: boolean;
  /** Whether its pods must keep to Pod Security "restricted"; those of an agent with host ports cannot. */
  readonly restricted: boolean;
}

/**
 * Makes sure that no namespace of a stack is another one's or somebody else's: the engine would take it over unasked, labels
 * and all, and delete it with the stack (provider 4, `pkg/await/await.go`: a create is an upsert). One that was made for the
 * stack, so that its Secrets can be put there first, is fine.
 * @param namespaces - Jaeger's first.
 * @param known - Those that the stack's state holds.
 * @throws NamespaceTakenError, ForeignNamespaceError
 */
export async function requireOwnNamespaces(
  kube: KubeConfig,
  namespaces: readonly string[],
  stack: string,
  known: readonly string[],
): Promise<void> {
  const core = kube.makeApiClient(CoreV1Api);
  for (const [index, name] of namespaces.entries()) {
    const namespace = await core.readNamespace({ name }).catch(unlessAbsent);
    if (namespace === undefined) continue;
    const { items } = await core.listNamespacedPod({ namespace: name, labelSelector: `${partOf}!=tracewright` });
    const foreignPods = items.map(({ metadata }) => metadata?.name ?? '');
    requireOwn(name, { ...namespace, foreignPods }, { stack, known: known.includes(name), restricted: index === 0 });
  }
}

/** Judges one namespace that is there. One that the stack's state holds is its own, whoever has taken the label off. */
export function requireOwn(name: string, namespace: FoundNamespace, { stack, known, restricted }: Claim): void {
  const owner = namespace.metadata?.labels?.[stackLabel];
  if (owner !== undefined && owner !== stack) throw new NamespaceTakenError(name, owner, stack);
  if (owner !== undefined || known) return;
  const level = enforcedLevel(namespace);
  const faults = [
    ...(restricted && level !== 'restricted'
      ? [`it holds its pods to Pod Security "${level}" (label ${enforceLabel}), and Jaeger needs "restricted"`]
      : []),
    ...(namespace.foreignPods.length > 0
      ? [`others' pods run in it (${shorten(namespace.foreignPods.join(', '))})`]
      : []),
  ];
  if (faults.length > 0) throw new ForeignNamespaceError(name, stack, faults);
}
