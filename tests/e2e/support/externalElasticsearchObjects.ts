import type { KubernetesObject, V1Container, V1PodSpec, V1Probe } from '@kubernetes/client-node';
import { createHash } from 'node:crypto';
import { elasticsearchContainer, elasticsearchFiles } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { pluginDirectory } from './creationDatePlugin.ts';
import { frontDirectory, frontFiles, type ElasticsearchFront } from './externalElasticsearchFront.ts';

/** The Service that Jaeger is told: it leads to nginx. */
export const frontName = 'elasticsearch';
/** The node itself: only nginx may reach it. */
export const nodeName = 'node';
/** Port of both. */
export const elasticsearchPort = 9200;

const ELASTICSEARCH_USER = 1000;
const NGINX_USER = 101;
const HEAP_MEBIBYTES = 384;
const NODE_MEBIBYTES = 900;
const pluginName = 'plugin';
const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };

/**
 * A namespace with one real Elasticsearch node. Its data go with its pod: nothing of a test is to be kept.
 *
 * @param plugin - files of a plugin, in Base64
 * @param diskMebibytes - size of a disk of its own for the data, which is in memory. Left out: the node's disk
 */
export function nodeObjects(
  namespace: string,
  plugin: Readonly<Record<string, string>>,
  diskMebibytes?: number,
): KubernetesObject[] {
  const files = nodeFiles();
  // What is on a disk in memory counts as the container's.
  const memory = `${NODE_MEBIBYTES + (diskMebibytes ?? 0)}Mi`;
  const disk = diskMebibytes === undefined ? {} : { medium: 'Memory', sizeLimit: `${diskMebibytes}Mi` };
  const { volumeMounts, ...settings } = elasticsearchContainer(Object.keys(files));
  const container = {
    ...settings,
    name: nodeName,
    volumeMounts: [...volumeMounts, ...Object.keys(plugin).map(pluginMount)],
    image: 'elasticsearch:7.17.10',
    ports: [{ containerPort: elasticsearchPort }],
    resources: { requests: { cpu: '100m', memory }, limits: { cpu: '2', memory } },
    readinessProbe: probe({ httpGet: { path: '/_cluster/health', port: elasticsearchPort } }),
  };
  const volumes = [
    { name: 'files', configMap: { name: nodeName } },
    { name: 'plugin', configMap: { name: pluginName } },
    ...['config', 'tmp'].map((name) => ({ name, emptyDir: {} })),
    { name: 'data', emptyDir: disk },
  ];
  return [
    namespaceObject(namespace),
    { ...configMap, metadata: { name: nodeName, namespace }, data: files } as KubernetesObject,
    { ...configMap, metadata: { name: pluginName, namespace }, binaryData: plugin } as KubernetesObject,
    service(nodeName, namespace),
    onlyFrom(nodeName, frontName, namespace),
    deployment(nodeName, namespace, podSpec(ELASTICSEARCH_USER, container, volumes), 1),
  ];
}

/**
 * nginx before the node. A change makes a Secret of another name, so that the pod is replaced: its files never mix.
 *
 * @param replicas - 0 takes the storage away
 */
export function frontObjects(namespace: string, front: ElasticsearchFront, replicas: number): KubernetesObject[] {
  const stringData = frontFiles(front, `http://${nodeName}.${namespace}.svc.cluster.local:${elasticsearchPort}`);
  const secretName = `${frontName}-${shortHash(JSON.stringify(stringData))}`;
  const container = {
    name: frontName,
    image: 'nginx:1.22',
    // Its own error log is opened before the configuration is read.
    command: ['nginx', '-e', 'stderr', '-c', `${frontDirectory}/nginx.conf`],
    ports: [{ containerPort: elasticsearchPort }],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
    readinessProbe: probe({ tcpSocket: { port: elasticsearchPort } }),
    volumeMounts: [
      { name: 'front', mountPath: frontDirectory, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
  const volumes = [
    { name: 'front', secret: { secretName, defaultMode: 0o440 } },
    { name: 'tmp', emptyDir: {} },
  ];
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName, namespace }, stringData } as KubernetesObject,
    service(frontName, namespace),
    deployment(frontName, namespace, podSpec(NGINX_USER, container, volumes), replicas),
  ];
}

/** A file of its own: the directory of a ConfigMap holds links, which Elasticsearch takes for plugins. */
function pluginMount(file: string) {
  return { name: 'plugin', mountPath: `${pluginDirectory}/${file}`, subPath: file, readOnly: true };
}

/** The configuration that the embedded node has; the disk is looked at every 10 s, the least that Elasticsearch allows. */
function nodeFiles(): Readonly<Record<string, string>> {
  const { 'elasticsearch.yml': settings = '', ...others } = elasticsearchFiles(HEAP_MEBIBYTES);
  return { ...others, 'elasticsearch.yml': `${settings}cluster.info.update.interval: 10s\n` };
}

/** A namespace under Pod Security "restricted". */
export function namespaceObject(name: string): KubernetesObject {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A container without the class that the client's models have. */
type PlainContainer = { readonly [Key in keyof V1Container]: V1Container[Key] };

function podSpec(userId: number, container: PlainContainer, volumes: V1PodSpec['volumes'] & object): V1PodSpec {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: userId,
      fsGroup: userId,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        ...container,
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
    volumes,
  };
}

function deployment(name: string, namespace: string, spec: V1PodSpec, replicas: number): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      // Two at once would answer differently.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  } as KubernetesObject;
}

function service(name: string, namespace: string): KubernetesObject {
  const spec = { selector: { app: name }, ports: [{ port: elasticsearchPort }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec } as KubernetesObject;
}

function onlyFrom(name: string, client: string, namespace: string): KubernetesObject {
  const spec = {
    podSelector: { matchLabels: { app: name } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }] }],
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `only-from-${client}`, namespace },
    spec,
  } as KubernetesObject;
}

function probe(check: Pick<V1Probe, 'httpGet' | 'tcpSocket'>): V1Probe {
  return { ...check, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 60 };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
