import { NetworkingV1Api, type KubeConfig, type V1NetworkPolicy } from '@kubernetes/client-node';

/**
 * Deletes network policies of a namespace; disposing of what is returned puts them back, with all that their maker wrote
 * into them and in its name.
 */
export async function removePolicies(
  kube: KubeConfig,
  namespace: string,
  names: readonly string[],
): Promise<AsyncDisposable> {
  const networking = kube.makeApiClient(NetworkingV1Api);
  const policies = await Promise.all(names.map((name) => networking.readNamespacedNetworkPolicy({ namespace, name })));
  for (const name of names) await networking.deleteNamespacedNetworkPolicy({ namespace, name });
  const putBack = async (): Promise<void> => {
    for (const policy of policies)
      await networking.createNamespacedNetworkPolicy({
        namespace,
        body: withoutIdentity(policy),
        ...makerOf(policy),
      });
  };
  return { [Symbol.asyncDispose]: putBack };
}

/** A namespace's policies by name, as their maker wrote them. */
export async function readPolicies(
  kube: KubeConfig,
  namespace: string,
): Promise<Readonly<Record<string, V1NetworkPolicy>>> {
  const { items } = await kube.makeApiClient(NetworkingV1Api).listNamespacedNetworkPolicy({ namespace });
  return Object.fromEntries(items.map((policy) => [policy.metadata?.name ?? '', withoutIdentity(policy)]));
}

function withoutIdentity({ metadata, spec }: V1NetworkPolicy): V1NetworkPolicy {
  const { name, labels, annotations } = metadata ?? {};
  return {
    metadata: { ...(name && { name }), ...(labels && { labels }), ...(annotations && { annotations }) },
    ...(spec && { spec }),
  };
}

function makerOf({ metadata }: V1NetworkPolicy): { readonly fieldManager?: string } {
  const fieldManager = metadata?.managedFields?.[0]?.manager;
  return fieldManager === undefined ? {} : { fieldManager };
}
