import type { ApiObject } from '../apiClient.ts';

/** The default storage class: a directory of the node, made when the first pod that claims it is scheduled. */
export function storageManifests(): readonly ApiObject[] {
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'tracewright.dev/local-directory',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ];
}
