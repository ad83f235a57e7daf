import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { listPods } from '../namespacePods.ts';
import { insideSources } from './attackSources.ts';
import { addressOf, type Targets } from './attackTargets.ts';
import { NetworkMatrix } from './networkMatrix.ts';
import { probePort, type ProbePod, type ProbeTarget } from './probePod.ts';
import { streamingFlows } from './streamingFlows.ts';

/** A stack that streams, and who is around it. */
export interface StreamingMatrixOptions {
  readonly kube: KubeConfig;
  /** Jaeger's namespace. */
  readonly namespace: string;
  /** Namespaces: of nobody, of an application with this Jaeger's label, and of Prometheus. */
  readonly places: Readonly<Record<'stranger' | 'labelled' | 'scraper', string>>;
}

const components = {
  'as-collector': 'jaeger-collector',
  'as-ingester': 'jaeger-ingester',
  'as-query': 'jaeger-query',
  'as-agent': 'jaeger-agent',
  'as-cleaner': 'jaeger-index-cleaner',
  'as-elasticsearch': 'elasticsearch',
  'as-kafka': 'kafka',
  'as-check': 'network-policy-check',
};

const ports = {
  kafka: { component: 'kafka', ports: [9092, 9093] },
  ingester: { component: 'jaeger-ingester', ports: [14_270] },
  collector: { component: 'jaeger-collector', ports: [14_250, 14_268, 14_269] },
  elasticsearch: { component: 'elasticsearch', ports: [9200] },
} as const;

/** Starts the pods that try every flow of `streamingFlows.ts`. */
export async function startStreamingMatrix(options: StreamingMatrixOptions): Promise<NetworkMatrix> {
  const { kube, namespace, places } = options;
  const outside = Object.entries(places).map(([name, place]) => ({ name, namespace: place, labels: {} }));
  const sources = [...outside, ...(await insideSources(kube, namespace, components))];
  const findTargets = (probes: readonly ProbePod[]) => streamingTargets(options, probes);
  return NetworkMatrix.startWith({ kube, namespace, expected: streamingFlows(), sources, findTargets });
}

async function streamingTargets(
  { kube, namespace }: StreamingMatrixOptions,
  probes: readonly ProbePod[],
): Promise<Targets> {
  const core = kube.makeApiClient(CoreV1Api);
  const [pods, dnsPods] = await Promise.all([listPods(kube, namespace), listPods(kube, 'kube-system')]);
  const clusterIp = async (name: string, of: string): Promise<string> =>
    (await core.readNamespacedService({ name, namespace: of })).spec?.clusterIP ?? '';
  const targets = new Map<string, ProbeTarget>();
  for (const [name, { component, ports: numbers }] of Object.entries(ports)) {
    const host = addressOf(pods, 'app.kubernetes.io/name', component);
    for (const port of numbers) targets.set(`${name}:${port}`, { host, port });
  }
  for (const { source, address } of probes)
    targets.set(`${source.name}:${probePort}`, { host: address, port: probePort });
  targets.set('kafka-service:9092', { host: await clusterIp('kafka', namespace), port: 9092 });
  targets.set('api-service:443', { host: await clusterIp('kubernetes', 'default'), port: 443 });
  const dns = { host: addressOf(dnsPods, 'k8s-app', 'kube-dns'), port: 53 };
  return targets.set('dns:53/udp', { ...dns, protocol: 'dns' });
}
