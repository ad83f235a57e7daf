/** Rights in Jaeger's namespace that everybody whom the cluster knows has: to ask what their own rights are. */
export const rightsOfEverybody: readonly string[] = [
  'create selfsubjectaccessreviews.authorization.k8s.io',
  'create selfsubjectrulesreviews.authorization.k8s.io',
  'create selfsubjectreviews.authentication.k8s.io',
];

/**
 * What a viewer may do in Jaeger's namespace, written by hand: no word of Secrets, and no way into a pod. What is not here
 * is refused, whatever the API server offers.
 */
export const rightsOfViewers: readonly string[] = [
  ...looking('configmaps', 'endpoints', 'events', 'persistentvolumeclaims', 'pods', 'serviceaccounts', 'services'),
  ...looking('daemonsets.apps', 'deployments.apps', 'replicasets.apps', 'statefulsets.apps'),
  ...looking('cronjobs.batch', 'jobs.batch', 'horizontalpodautoscalers.autoscaling'),
  ...looking('endpointslices.discovery.k8s.io', 'events.events.k8s.io', 'poddisruptionbudgets.policy'),
  ...looking('ingresses.networking.k8s.io', 'networkpolicies.networking.k8s.io'),
  'get pods/log',
  'get pods.metrics.k8s.io',
  'list pods.metrics.k8s.io',
];

/** What an operator may do beside that: restart, evict and scale pods, and forward ports. */
export const rightsOfOperators: readonly string[] = [
  ...rightsOfViewers,
  'delete pods',
  'create pods/eviction',
  // kubectl and other clients open a port-forward by POST (SPDY) or by GET (WebSocket).
  'create pods/portforward',
  'get pods/portforward',
  ...['get', 'patch', 'update'].map((verb) => `${verb} deployments.apps/scale`),
];

/** Rights that the API server offers no resource for, or that lead to others: they are tried beside all that it offers. */
export const rightsBeyond: readonly string[] = [
  'impersonate users',
  'impersonate groups',
  'impersonate serviceaccounts',
  'impersonate uids.authentication.k8s.io',
  'bind roles.rbac.authorization.k8s.io',
  'bind clusterroles.rbac.authorization.k8s.io',
  'escalate roles.rbac.authorization.k8s.io',
  'escalate clusterroles.rbac.authorization.k8s.io',
  'approve signers.certificates.k8s.io',
  'sign signers.certificates.k8s.io',
  'get pods.metrics.k8s.io',
  'list pods.metrics.k8s.io',
];

/** Ways to more than one was given. Each is one that the matrix refuses to all: this list is what a reader looks for first. */
export const escalations: readonly string[] = [
  'get secrets',
  'list secrets',
  'watch secrets',
  'create pods',
  'patch pods',
  'update pods',
  'create pods/exec',
  'get pods/exec',
  'create pods/attach',
  'patch pods/ephemeralcontainers',
  'get pods/proxy',
  'create pods/proxy',
  'get services/proxy',
  'create jobs.batch',
  'create cronjobs.batch',
  'patch cronjobs.batch',
  'create deployments.apps',
  'patch deployments.apps',
  'patch daemonsets.apps',
  'patch statefulsets.apps',
  // Without its one pod the storage is gone, and with two they would be strangers.
  'patch statefulsets.apps/scale',
  'patch replicasets.apps',
  'create serviceaccounts/token',
  'create rolebindings.rbac.authorization.k8s.io',
  'patch roles.rbac.authorization.k8s.io',
  'bind clusterroles.rbac.authorization.k8s.io',
  'escalate roles.rbac.authorization.k8s.io',
  'impersonate users',
  'impersonate serviceaccounts',
  'patch configmaps',
  'patch services',
  'delete networkpolicies.networking.k8s.io',
  'patch networkpolicies.networking.k8s.io',
  'delete persistentvolumeclaims',
  'patch namespaces',
  'get nodes/proxy',
];

function looking(...resources: readonly string[]): string[] {
  return resources.flatMap((resource) => ['get', 'list', 'watch'].map((verb) => `${verb} ${resource}`));
}
