import { CoreV1Api, DiscoveryV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { listPods } from '../namespacePods.ts';
import { probeLabel, probePort, type ProbePod, type ProbeTarget } from './probePod.ts';

/** Where the targets of `expectedFlows.ts` are now, by their names there. */
export type Targets = ReadonlyMap<string, ProbeTarget>;

/** What there is where people log in to the UI. */
export interface LoginTargets {
  /** Namespace of the issuer, a Dex of the tests. */
  readonly issuerNamespace: string;
}

/** What targets are found by. */
export interface TargetOptions {
  readonly kube: KubeConfig;
  /** Jaeger's namespace. */
  readonly namespace: string;
  readonly probes: readonly ProbePod[];
  /** A server beyond the cluster. */
  readonly outside: ProbeTarget;
  /** Whether people log in to the UI: then there are an oauth2-proxy and an issuer. */
  readonly login?: LoginTargets | undefined;
}

const componentPorts = {
  collector: { component: 'jaeger-collector', ports: [14250, 14268, 4317, 4318, 9411, 14269], service: 14268 },
  query: { component: 'jaeger-query', ports: [16685, 16686, 16687], service: 16686 },
  agent: { component: 'jaeger-agent', ports: [5778, 14271], service: 5778 },
  elasticsearch: { component: 'elasticsearch', ports: [9200, 9300], service: 9200 },
} as const;

const proxyPorts = { proxy: { component: 'oauth2-proxy', ports: [4180, 44_180], service: 4180 } } as const;

/** Looks up every address. */
export async function findTargets({ kube, namespace, probes, outside, login }: TargetOptions): Promise<Targets> {
  const core = kube.makeApiClient(CoreV1Api);
  const [pods, dnsPods] = await Promise.all([listPods(kube, namespace), listPods(kube, 'kube-system')]);
  const clusterIp = async (name: string, of: string): Promise<string> =>
    (await core.readNamespacedService({ name, namespace: of })).spec?.clusterIP ?? '';
  const targets = new Map<string, ProbeTarget>();
  for (const [name, { component, ports, service }] of Object.entries({ ...componentPorts, ...(login && proxyPorts) })) {
    const host = addressOf(pods, 'app.kubernetes.io/name', component);
    for (const port of ports) targets.set(`${name}:${port}`, { host, port });
    targets.set(`${name}-service:${service}`, { host: await clusterIp(component, namespace), port: service });
  }
  for (const { source, address } of probes)
    targets.set(`${source.name}:${probePort}`, { host: address, port: probePort });
  const dns = { host: addressOf(dnsPods, 'k8s-app', 'kube-dns'), port: 53 };
  const dnsService = { host: await clusterIp('kube-dns', 'kube-system'), port: 53 };
  targets.set('outside:tcp', outside);
  targets.set('api-service:443', { host: await clusterIp('kubernetes', 'default'), port: 443 });
  targets.set('api-node:6443', { host: await apiServer(kube), port: 6443 });
  targets.set('kubelet:10250', { host: nodeOf(pods), port: 10_250 });
  targets.set('dns:53/tcp', dns);
  targets.set('dns:53/udp', { ...dns, protocol: 'dns' });
  targets.set('dns-service:53/udp', { ...dnsService, protocol: 'dns' });
  if (login !== undefined) {
    const issuer = await listPods(kube, login.issuerNamespace);
    targets.set('issuer:5556', { host: addressOf(issuer, 'app', 'dex'), port: 5556 });
  }
  return targets;
}

/** The address of a ready pod with a label that is no probe of ours. */
export function addressOf(pods: readonly V1Pod[], label: string, value: string): string {
  const [probe = ''] = Object.keys(probeLabel);
  const found = pods.find(
    ({ metadata, status }) =>
      metadata?.labels?.[label] === value &&
      metadata.labels[probe] === undefined &&
      (status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True'),
  );
  if (found?.status?.podIP === undefined) throw new Error(`no pod with ${label}=${value} is ready`);
  return found.status.podIP;
}

/** The address of the node that runs the API server, where the Service leads to. */
async function apiServer(kube: KubeConfig): Promise<string> {
  const slice = await kube
    .makeApiClient(DiscoveryV1Api)
    .readNamespacedEndpointSlice({ namespace: 'default', name: 'kubernetes' });
  const address = slice.endpoints?.[0]?.addresses[0];
  if (address === undefined) throw new Error('the API server says no address of its own');
  return address;
}

function nodeOf(pods: readonly V1Pod[]): string {
  const address = pods.find(({ status }) => status?.hostIP !== undefined)?.status?.hostIP;
  if (address === undefined) throw new Error('no pod says which node it runs on');
  return address;
}
