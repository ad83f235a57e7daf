import type { ApiObject } from '../apiClient.ts';
import { DNS_SERVICE_ADDRESS } from '../components/component.ts';
import { COREDNS_REFERENCE } from '../../images/specs/corednsImage.ts';

const NAMESPACE = 'kube-system';
const LABELS = { 'k8s-app': 'kube-dns' };

// No forwarding: the cluster has no way out, and a name of the outside is refused at once instead of
// being waited for. No cache before the cluster's own names, as in kubeadm's since 1.32 (kubernetes #128359): for half a minute
// it would deny a headless service that has come back.
const COREFILE = `cluster.local:53 in-addr.arpa:53 ip6.arpa:53 {
    errors
    health {
        lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        ttl 30
    }
    prometheus :9153
    reload
    loadbalance
}
`;

/**
 * The cluster's DNS as pods with the names and labels that every cluster has, so that network policies
 * that let applications ask kube-dns mean the same here. One pod a node, never two on the same: with the loss of a node goes one.
 */
export function dnsManifests(nodeCount: number): readonly ApiObject[] {
  return [serviceAccount(), role(), roleBinding(), configuration(), service(), policy(), deployment(nodeCount)];
}

function serviceAccount(): ApiObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'coredns', namespace: NAMESPACE } };
}

function role(): ApiObject {
  const verbs = ['list', 'watch'];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:coredns' },
    rules: [
      { apiGroups: [''], resources: ['services', 'pods', 'namespaces'], verbs },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs },
    ],
  };
}

function roleBinding(): ApiObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
    subjects: [{ kind: 'ServiceAccount', name: 'coredns', namespace: NAMESPACE }],
  };
}

function configuration(): ApiObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'coredns', namespace: NAMESPACE },
    data: { Corefile: COREFILE },
  };
}

function service(): ApiObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: NAMESPACE, labels: { ...LABELS, 'kubernetes.io/name': 'CoreDNS' } },
    spec: {
      clusterIP: DNS_SERVICE_ADDRESS,
      selector: LABELS,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 'dns-tcp' },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 'metrics' },
      ],
    },
  };
}

/** Names are for everybody, what CoreDNS says of itself for nobody: the kubelet, which probes it, is on its node. */
function policy(): ApiObject {
  const ports = ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'coredns', namespace: NAMESPACE },
    spec: { podSelector: { matchLabels: LABELS }, policyTypes: ['Ingress'], ingress: [{ ports }] },
  };
}

function deployment(nodeCount: number): ApiObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: NAMESPACE, labels: LABELS },
    spec: {
      replicas: nodeCount,
      selector: { matchLabels: LABELS },
      ...(nodeCount === 1
        ? { template: { metadata: { labels: LABELS }, spec: podSpec() } }
        : {
            // A new pod that must not be beside an old one has room only when an old one has gone.
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
            template: { metadata: { labels: LABELS }, spec: { ...podSpec(), affinity: apart() } },
          }),
    },
  };
}

function apart(): object {
  const term = { labelSelector: { matchLabels: LABELS }, topologyKey: 'kubernetes.io/hostname' };
  return { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
}

function podSpec(): object {
  return {
    serviceAccountName: 'coredns',
    priorityClassName: 'system-cluster-critical',
    dnsPolicy: 'Default',
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'coredns',
        image: COREDNS_REFERENCE,
        imagePullPolicy: 'IfNotPresent',
        args: ['-conf', '/etc/coredns/Corefile'],
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
        ports: [
          { name: 'dns', containerPort: 53, protocol: 'UDP' },
          { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
          { name: 'metrics', containerPort: 9153, protocol: 'TCP' },
        ],
        livenessProbe: { httpGet: { path: '/health', port: 8080 }, initialDelaySeconds: 30, periodSeconds: 10 },
        readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
        },
        volumeMounts: [{ name: 'config', mountPath: '/etc/coredns', readOnly: true }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
  };
}
