import type { ApiRequest } from '../../../kube/apiClient.ts';

/** A request that is made for real, and changes nothing whatever is answered. */
export interface Attempt {
  /** The right that it needs, as `rightsOf` words it. */
  readonly right: string;
  /** Where; undefined is the cluster itself. */
  readonly namespace?: string;
  readonly request: ApiRequest;
}

/** Of no object: who may is answered that there is none. */
const nobody = 'tracewright-validate-none';

/**
 * What is tried in a namespace of the stack, and beyond. Changes are tried on objects that are not there, or for dry; an exec without what
 * would open it.
 */
export function attemptsIn(namespace: string, other: string): readonly Attempt[] {
  const core = `/api/v1/namespaces/${namespace}`;
  const apps = `/apis/apps/v1/namespaces/${namespace}`;
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const policies = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
  const dry = '?dryRun=All';
  const own: readonly Omit<Attempt, 'namespace'>[] = [
    { right: 'list pods', request: { path: `${core}/pods?limit=1` } },
    { right: 'get pods/log', request: { path: `${core}/pods/${nobody}/log` } },
    { right: 'list secrets', request: { path: `${core}/secrets?limit=1` } },
    { right: 'get secrets', request: { path: `${core}/secrets/${nobody}` } },
    { right: 'create pods', request: { method: 'POST', path: `${core}/pods${dry}`, body: pod } },
    { right: 'delete pods', request: { method: 'DELETE', path: `${core}/pods/${nobody}${dry}` } },
    {
      right: 'create pods/eviction',
      request: { method: 'POST', path: `${core}/pods/${nobody}/eviction${dry}`, body: eviction(namespace) },
    },
    { right: 'get pods/exec', request: { path: `${core}/pods/${nobody}/exec?command=true&stdout=true` } },
    {
      right: 'create pods/exec',
      request: { method: 'POST', path: `${core}/pods/${nobody}/exec?command=true&stdout=true` },
    },
    { right: 'get pods/portforward', request: { path: `${core}/pods/${nobody}/portforward?ports=1` } },
    {
      right: 'create serviceaccounts/token',
      request: { method: 'POST', path: `${core}/serviceaccounts/${nobody}/token${dry}`, body: tokenRequest },
    },
    { right: 'delete namespaces', request: { method: 'DELETE', path: `${core}${dry}` } },
    {
      right: 'patch deployments.apps',
      request: { method: 'PATCH', path: `${apps}/deployments/${nobody}${dry}`, body: {} },
    },
    {
      right: 'patch deployments.apps/scale',
      request: { method: 'PATCH', path: `${apps}/deployments/${nobody}/scale${dry}`, body: {} },
    },
    {
      right: 'patch statefulsets.apps/scale',
      request: { method: 'PATCH', path: `${apps}/statefulsets/${nobody}/scale${dry}`, body: {} },
    },
    {
      right: 'delete networkpolicies.networking.k8s.io',
      request: { method: 'DELETE', path: `${policies}/${nobody}${dry}` },
    },
    {
      right: 'patch roles.rbac.authorization.k8s.io',
      request: { method: 'PATCH', path: `${rbac}/roles/${nobody}${dry}`, body: {} },
    },
  ];
  return [
    ...own.map((attempt) => ({ ...attempt, namespace })),
    { right: 'list pods', namespace: other, request: { path: `/api/v1/namespaces/${other}/pods?limit=1` } },
    { right: 'list secrets', namespace: other, request: { path: `/api/v1/namespaces/${other}/secrets?limit=1` } },
    { right: 'list nodes', request: { path: '/api/v1/nodes?limit=1' } },
    { right: 'list namespaces', request: { path: '/api/v1/namespaces?limit=1' } },
  ];
}

/** A pod that Pod Security "restricted" takes: only who may not is refused it. */
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: nobody },
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'none',
        image: 'tracewright/none',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
};

const tokenRequest = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };

function eviction(namespace: string) {
  return {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: nobody, namespace },
    deleteOptions: { dryRun: ['All'] },
  };
}
