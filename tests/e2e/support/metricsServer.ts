import {
  ApiregistrationV1Api,
  Metrics,
  RbacAuthorizationV1Api,
  type KubeConfig,
  type KubernetesObject,
  type PodMetric,
} from '@kubernetes/client-node';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../tools/cluster/pki/certificateAuthority.ts';
import { applyManifests } from '../../../tools/kube/applyManifests.ts';
import { deleteNamespace, unlessAbsent } from '../../../tools/kube/namespaces.ts';
import { waitForWorkloads } from '../../../tools/kube/waitForRollout.ts';
import { testCluster } from '../../support/commands.ts';
import { importTestImages } from '../../support/testImages.ts';
import { namespaceObject } from './externalElasticsearchObjects.ts';
import { restrictedServerObjects } from './restrictedServer.ts';
import { secondsUntil } from './statusOf.ts';

const name = 'metrics-server';
const delegatorName = `${name}-delegator`;
const podPort = 10_250;
const USER = 65_534;
const READY_SECONDS = 120;
const group = 'metrics.k8s.io';
const version = 'v1beta1';
const apiService = `${version}.${group}`;
const directory = '/etc/metrics-server';

/**
 * A real metrics-server, which autoscalers ask. It trusts the kubelets' certificates by the cluster's CA, and the API server
 * trusts its by a private one.
 */
export class MetricsServer implements AsyncDisposable {
  readonly namespace: string;
  readonly #kube: KubeConfig;

  private constructor(kube: KubeConfig, namespace: string) {
    this.#kube = kube;
    this.namespace = namespace;
  }

  /** Starts it from nothing, and returns when the API has figures of the nodes. */
  static async start(kube: KubeConfig, namespace = 'metrics', cluster = testCluster): Promise<MetricsServer> {
    await using made = new AsyncDisposableStack();
    const started = made.use(new MetricsServer(kube, namespace));
    const now = Date.now();
    const authority = await createAuthority('private CA of the metrics server', now);
    const host = `${name}.${namespace}.svc`;
    const subjectAltNames = [{ type: 'dns' as const, value: host }];
    const certificate = await issueCertificate(authority, { commonName: host, usage: 'server', subjectAltNames }, now);
    const [[image = '']] = await Promise.all([importTestImages(cluster, ['metrics-server']), started.#remove()]);
    await applyManifests(kube, [...accessObjects(namespace), ...serverObjects(namespace, image, certificate)]);
    await waitForWorkloads(kube, namespace, READY_SECONDS, () => undefined);
    await applyManifests(kube, [apiObject(namespace, authority.certificate)]);
    await secondsUntil('the metrics API answers', () => started.#look(), READY_SECONDS);
    made.move();
    return started;
  }

  /** What the containers of a namespace use, as `kubectl top pods` asks for it. A new pod has figures after 15 to 30 s. */
  async podMetrics(namespace: string): Promise<readonly PodMetric[]> {
    return (await new Metrics(this.#kube).getPodMetrics(namespace)).items;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#remove();
  }

  /** The API first: while it is announced and nobody answers it, no namespace of the cluster can be deleted. */
  async #remove(): Promise<void> {
    const access = this.#kube.makeApiClient(RbacAuthorizationV1Api);
    const api = this.#kube.makeApiClient(ApiregistrationV1Api);
    await api.deleteAPIService({ name: apiService }).catch(unlessAbsent);
    for (const binding of [name, delegatorName]) {
      await access.deleteClusterRoleBinding({ name: binding }).catch(unlessAbsent);
    }
    await access.deleteClusterRole({ name }).catch(unlessAbsent);
    await access.deleteNamespacedRoleBinding({ name, namespace: 'kube-system' }).catch(unlessAbsent);
    await deleteNamespace(this.#kube, this.namespace, () => undefined);
  }

  async #look(): Promise<{ readonly done: boolean; readonly seen: unknown }> {
    try {
      const { items } = await new Metrics(this.#kube).getNodeMetrics();
      return { done: items.length > 0, seen: items };
    } catch (error) {
      return { done: false, seen: String(error) };
    }
  }
}

function serverObjects(
  namespace: string,
  image: string,
  { certificate, key }: KeyAndCertificate,
): readonly KubernetesObject[] {
  return restrictedServerObjects({
    name,
    namespace,
    image,
    userId: USER,
    callsApi: true,
    args: [
      `--secure-port=${podPort}`,
      `--tls-cert-file=${directory}/tls.crt`,
      `--tls-private-key-file=${directory}/tls.key`,
      '--kubelet-preferred-address-types=InternalIP',
      // The cluster's CA, which signs the kubelets' certificates too; every service account is given it.
      '--kubelet-certificate-authority=/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
      '--kubelet-use-node-status-port',
      '--metric-resolution=15s',
    ],
    ports: [{ name: 'https', port: 443, podPort }],
    health: { path: '/readyz', port: podPort, scheme: 'HTTPS' },
    files: { directory, contents: { 'tls.crt': certificate, 'tls.key': key } },
  });
}

function apiObject(namespace: string, authority: string): KubernetesObject {
  const spec = {
    group,
    version,
    service: { name, namespace },
    caBundle: Buffer.from(authority).toString('base64'),
    groupPriorityMinimum: 100,
    versionPriority: 100,
  };
  const metadata = { name: apiService };
  return { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata, spec } as KubernetesObject;
}

/** What it reads, and that it may ask the API server who somebody is and what they may do. */
function accessObjects(namespace: string): readonly KubernetesObject[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  const apiVersion = `${apiGroup}/v1`;
  const subjects = [{ kind: 'ServiceAccount', name, namespace }];
  const clusterRole = (role: string) => ({ roleRef: { apiGroup, kind: 'ClusterRole', name: role }, subjects });
  const rules = [
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
  ];
  const authReader = { apiGroup, kind: 'Role', name: 'extension-apiserver-authentication-reader' };
  const binding = { apiVersion, kind: 'ClusterRoleBinding' };
  return [
    namespaceObject(namespace),
    { apiVersion, kind: 'ClusterRole', metadata: { name }, rules },
    { ...binding, metadata: { name }, ...clusterRole(name) },
    { ...binding, metadata: { name: delegatorName }, ...clusterRole('system:auth-delegator') },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata: { name, namespace: 'kube-system' },
      roleRef: authReader,
      subjects,
    },
  ] as KubernetesObject[];
}
