import { NetworkingV1Api, type KubeConfig } from '@kubernetes/client-node';
import { selectorLabels } from '../../../infra/kubernetes/labels.ts';
import { unlessAbsent } from '../../../tools/kube/namespaces.ts';

/** A way into a stack that its own policies refuse. */
export interface OpenedPort {
  /** Namespace of the component. */
  readonly namespace: string;
  readonly component: string;
  readonly port: number;
  /** The namespace that is let in. */
  readonly from: string;
}

/**
 * Adds a network policy, as an operator does who wants to let somebody in: what others allow and refuse stays as it is.
 * Disposing of it takes it away.
 */
export async function openPort(
  kube: KubeConfig,
  { namespace, component, port, from }: OpenedPort,
): Promise<AsyncDisposable> {
  const networking = kube.makeApiClient(NetworkingV1Api);
  const name = `${component}-to-${from}`;
  const remove = async (): Promise<void> => {
    await networking.deleteNamespacedNetworkPolicy({ namespace, name }).catch(unlessAbsent);
  };
  const spec = {
    podSelector: { matchLabels: selectorLabels(component) },
    policyTypes: ['Ingress'],
    ingress: [
      {
        _from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': from } } }],
        ports: [{ port, protocol: 'TCP' }],
      },
    ],
  };
  // What a run that was killed has left.
  await remove();
  await networking.createNamespacedNetworkPolicy({ namespace, body: { metadata: { name }, spec } });
  return { [Symbol.asyncDispose]: remove };
}
