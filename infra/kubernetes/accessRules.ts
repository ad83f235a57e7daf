/** What may be done with which resources; the lists are what a Role takes. */
export interface AccessRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const look = ['get', 'list', 'watch'];

/** Objects, logs and events; no Secrets, and no way to a process or a port. */
export const viewerRules: AccessRule[] = [
  {
    apiGroups: [''],
    resources: ['configmaps', 'endpoints', 'events', 'persistentvolumeclaims', 'pods', 'serviceaccounts', 'services'],
    verbs: look,
  },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], verbs: look },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: look },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: look },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: look },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: look },
  { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get', 'list'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'networkpolicies'], verbs: look },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: look },
];

/**
 * What a viewer may, and what an incident needs: a pod is restarted by deleting or evicting it. Who could change or make pods or
 * their workloads could mount any Secret of the namespace; who could exec, read it in a pod.
 */
export const operatorRules: AccessRule[] = [
  ...viewerRules,
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  // A port-forward is a POST over SPDY and a GET over WebSocket; the API server asks for a right to each.
  { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create', 'get'] },
  { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get', 'patch', 'update'] },
];
