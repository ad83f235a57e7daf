import type { types } from '@pulumi/kubernetes';

type Labels = Readonly<Record<string, string>>;

interface Declaration<ApiVersion extends string, Kind extends string> {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Labels };
}

interface DeclaredDeployment extends Declaration<'apps/v1', 'Deployment'> {
  readonly spec: types.input.apps.v1.DeploymentSpec;
}

interface DeclaredServiceAccount extends Declaration<'v1', 'ServiceAccount'> {
  readonly automountServiceAccountToken: boolean;
}

interface DeclaredConfigMap extends Declaration<'v1', 'ConfigMap'> {
  readonly data: Readonly<Record<string, string>>;
}

interface DeclaredNetworkPolicy extends Declaration<'networking.k8s.io/v1', 'NetworkPolicy'> {
  readonly spec: types.input.networking.v1.NetworkPolicySpec;
}

interface DeclaredDisruptionBudget extends Declaration<'policy/v1', 'PodDisruptionBudget'> {
  readonly spec: types.input.policy.v1.PodDisruptionBudgetSpec;
}

/** A Kubernetes object as a program declares it. */
export type Declared =
  DeclaredDeployment | DeclaredServiceAccount | DeclaredConfigMap | DeclaredNetworkPolicy | DeclaredDisruptionBudget;

/** As many Deployments share a namespace, and what each namespace has once. */
const perNamespace = 20;

/**
 * Deployments of services as a platform team would pass them: two containers each, with probes, resources, a security context,
 * settings, mounts and a spread. Those of a namespace share what no Deployment needs for itself: a ServiceAccount, a ConfigMap,
 * network policies and a disruption budget. No rule of the pack has anything to say of them.
 *
 * @param count - How many Deployments.
 */
export function manyDeployments(count: number): readonly Declared[] {
  return Array.from({ length: count }, (_, index) => {
    const namespace = `team-${Math.floor(index / perNamespace)}`;
    const own = deployment(`service-${index}`, namespace);
    return index % perNamespace === 0 ? [...shared(namespace), own] : [own];
  }).flat();
}

function deployment(name: string, namespace: string): DeclaredDeployment {
  const selector = { 'app.kubernetes.io/name': name };
  const labels = { ...commonLabels, ...selector, 'app.kubernetes.io/instance': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 3,
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: { metadata: { labels }, spec: podSpec(selector) },
    },
  };
}

const commonLabels: Labels = {
  'app.kubernetes.io/version': '1.4.2',
  'app.kubernetes.io/component': 'server',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'pulumi',
};

function podSpec(selector: Labels): types.input.core.v1.PodSpec {
  return {
    serviceAccountName: 'services',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: 'services',
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10_001,
      runAsGroup: 10_001,
      fsGroup: 10_001,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selector },
    })),
    containers: [container('server', 8080), container('proxy', 8081)],
    volumes: [
      { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
      { name: 'settings', configMap: { name: 'settings' } },
    ],
  };
}

function container(name: string, containerPort: number): types.input.core.v1.Container {
  const probe = (path: string) => ({ httpGet: { path, port: name }, periodSeconds: 10, timeoutSeconds: 2 });
  return {
    name,
    image: `shop/${name}:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`,
    imagePullPolicy: 'IfNotPresent',
    args: ['--settings=/etc/settings/settings.yaml', `--port=${containerPort}`],
    ports: [{ name, containerPort, protocol: 'TCP' }],
    env: ['REGION', 'LOG_LEVEL', 'CURRENCY', 'CACHE_SIZE'].map((variable) => ({ name: variable, value: 'default' })),
    resources: {
      requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '500m', memory: '128Mi', 'ephemeral-storage': '128Mi' },
    },
    startupProbe: { ...probe('/started'), failureThreshold: 30 },
    livenessProbe: { ...probe('/alive'), failureThreshold: 3 },
    readinessProbe: { ...probe('/ready'), failureThreshold: 3 },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'temporary', mountPath: '/tmp' },
      { name: 'settings', mountPath: '/etc/settings', readOnly: true },
    ],
  };
}

function shared(namespace: string): readonly Declared[] {
  const metadata = (name: string) => ({ name, namespace, labels: { ...commonLabels, 'app.kubernetes.io/name': name } });
  const peers = { podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'shop' } } };
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata('services'),
      automountServiceAccountToken: false,
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('settings'), data: { 'settings.yaml': 'currency: EUR' } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata('services'),
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'shop' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [peers], ports: [{ port: 'server', protocol: 'TCP' }] }],
        egress: [{ to: [peers], ports: [{ port: 8080, protocol: 'TCP' }] }],
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata('services'),
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/part-of': 'shop' } },
        maxUnavailable: '20%',
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}
