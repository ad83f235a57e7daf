import { CoreV1Api, type KubeConfig, type V1Namespace } from '@kubernetes/client-node';
import { unlessAbsent } from '../kube/namespaces.ts';
import { stackLabel } from '../../infra/kubernetes/labels.ts';

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

/**
 * Makes sure that no namespace of a stack was made by another one.
 * @throws NamespaceTakenError
 */
export async function requireOwnNamespaces(
  kube: KubeConfig,
  namespaces: readonly string[],
  stack: string,
): Promise<void> {
  const core = kube.makeApiClient(CoreV1Api);
  for (const name of namespaces) requireOwn(name, await core.readNamespace({ name }).catch(unlessAbsent), stack);
}

/** Judges one namespace. One without the label was made before there was one, or is none of ours: the engine judges it. */
export function requireOwn(name: string, namespace: Pick<V1Namespace, 'metadata'> | undefined, stack: string): void {
  const owner = namespace?.metadata?.labels?.[stackLabel];
  if (owner !== undefined && owner !== stack) throw new NamespaceTakenError(name, owner, stack);
}
