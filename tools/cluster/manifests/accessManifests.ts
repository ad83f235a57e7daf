import type { ApiObject } from '../apiClient.ts';
import { KUBE_ROUTER_USER, KUBELET_CLIENT_USER, VOLUME_PROVISIONER_USER } from '../pki/clusterCertificates.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const WATCH = ['get', 'list', 'watch'];

/** The rights of the components for which Kubernetes brings no role of its own; each has only what it uses. */
export function accessManifests(): readonly ApiObject[] {
  return [
    ...role(KUBE_ROUTER_USER, [
      { apiGroups: [''], resources: ['namespaces', 'pods', 'services', 'nodes', 'endpoints'], verbs: WATCH },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: WATCH },
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: WATCH },
    ]),
    ...role(VOLUME_PROVISIONER_USER, [
      { apiGroups: [''], resources: ['persistentvolumes'], verbs: [...WATCH, 'create', 'patch', 'update', 'delete'] },
      { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: [...WATCH, 'update', 'patch'] },
      { apiGroups: [''], resources: ['nodes'], verbs: WATCH },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch', 'update'] },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: WATCH },
    ]),
    binding(KUBELET_CLIENT_USER, 'system:kubelet-api-admin'),
  ];
}

function role(user: string, rules: readonly Rule[]): readonly ApiObject[] {
  return [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: user }, rules },
    binding(user, user),
  ];
}

function binding(user: string, roleName: string): ApiObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: user },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  };
}
