/** A kind of objects that the API server takes, and the class of @kubernetes/client-node that says what is in one. */
export interface GeneratedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Missing for custom resources, which have no class. */
  readonly model?: string;
}

function kinds(apiVersion: string, prefix: string, ...names: readonly string[]): readonly GeneratedKind[] {
  return names.map((kind) => ({ apiVersion, kind, model: `${prefix}${kind}` }));
}

/** Kinds that make pods. */
export const workloadKinds: readonly GeneratedKind[] = [
  ...kinds('v1', 'V1', 'Pod', 'PodTemplate', 'ReplicationController'),
  ...kinds('apps/v1', 'V1', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'),
  ...kinds('batch/v1', 'V1', 'Job', 'CronJob'),
];

/** Kinds that stand beside them. */
export const otherKinds: readonly GeneratedKind[] = [
  ...kinds('v1', 'V1', 'Service', 'ConfigMap', 'Secret', 'ServiceAccount', 'Namespace', 'PersistentVolumeClaim'),
  ...kinds('v1', 'V1', 'PersistentVolume', 'LimitRange', 'ResourceQuota', 'Endpoints'),
  ...kinds('networking.k8s.io/v1', 'V1', 'Ingress', 'IngressClass', 'NetworkPolicy'),
  ...kinds('rbac.authorization.k8s.io/v1', 'V1', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'),
  ...kinds('autoscaling/v1', 'V1', 'HorizontalPodAutoscaler'),
  ...kinds('autoscaling/v2', 'V2', 'HorizontalPodAutoscaler'),
  ...kinds('policy/v1', 'V1', 'PodDisruptionBudget'),
  ...kinds('scheduling.k8s.io/v1', 'V1', 'PriorityClass'),
  ...kinds('storage.k8s.io/v1', 'V1', 'StorageClass'),
  ...kinds('discovery.k8s.io/v1', 'V1', 'EndpointSlice'),
  ...kinds('admissionregistration.k8s.io/v1', 'V1', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'),
];

/** Custom resources that rules know, and one that none knows. */
export const customKinds: readonly GeneratedKind[] = [
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
  { apiVersion: 'jaegertracing.io/v1', kind: 'Jaeger' },
  { apiVersion: 'example.com/v1', kind: 'Deployment' },
];
