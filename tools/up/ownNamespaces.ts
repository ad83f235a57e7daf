import { CoreV1Api, type KubeConfig, type V1Namespace } from '@kubernetes/client-node';
import { stackLabel } from '../../infra/kubernetes/labels.ts';
import { unlessAbsent } from '../kube/namespaces.ts';
import { enforcedLevel } from '../kube/podSecurity.ts';

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

/** A namespace that the stack would make is there already, and was made by somebody else. */
export class ForeignNamespaceError extends Error {
  override readonly name = 'ForeignNamespaceError';

  constructor(namespace: string, level: string, stack: string) {
    super(
      `namespace ${namespace} is there already and was not made by stack ${stack}. It holds its pods to Pod Security "${level}" ` +
        `and lacks the label ${stackLabel}; the stack makes its namespaces itself, so that it may set Pod Security and network ` +
        'policies for all that is in them, and delete them. Give the stack a namespace of its own (tracewright:namespace), or ' +
        "delete that one if nobody needs what is in it. Only if all in it is to be the stack's, to its end, say so: " +
        `kubectl label namespace ${namespace} ${stackLabel}=${stack}. Nothing was deployed.`,
    );
  }
}

/**
 * Makes sure that no namespace of a stack was made by another one or by somebody else: the engine would take it over
 * unasked, labels and all, and delete it with the stack (provider 4, `pkg/await/await.go`: a create is an upsert).
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
  for (const name of namespaces) {
    const namespace = await core.readNamespace({ name }).catch(unlessAbsent);
    if (namespace !== undefined) requireOwn(name, namespace, { stack, known: known.includes(name) });
  }
}

/** Judges one namespace that is there. One that the stack's state holds is its own, whoever has taken the label off. */
export function requireOwn(
  name: string,
  namespace: Pick<V1Namespace, 'metadata'>,
  { stack, known }: { readonly stack: string; readonly known: boolean },
): void {
  const owner = namespace.metadata?.labels?.[stackLabel];
  if (owner !== undefined && owner !== stack) throw new NamespaceTakenError(name, owner, stack);
  if (owner === undefined && !known) throw new ForeignNamespaceError(name, enforcedLevel(namespace), stack);
}
