import { KubernetesObjectApi, type KubeConfig, type KubernetesObject } from '@kubernetes/client-node';

/** Deletes a Role or a RoleBinding; disposing of what is returned puts it back, in its maker's name. */
export async function removeAccess(
  kube: KubeConfig,
  namespace: string,
  kind: 'Role' | 'RoleBinding',
  name: string,
): Promise<AsyncDisposable> {
  const api = KubernetesObjectApi.makeApiClient(kube);
  const identity = { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { namespace, name } };
  const { metadata, ...rest } = await api.read<KubernetesObject>(identity);
  await api.delete(identity);
  const { labels, annotations, managedFields } = metadata ?? {};
  const own = { namespace, name, ...(labels && { labels }), ...(annotations && { annotations }) };
  const putBack = async (): Promise<void> => {
    await api.create({ ...rest, metadata: own }, undefined, undefined, managedFields?.[0]?.manager);
  };
  return { [Symbol.asyncDispose]: putBack };
}
