import {
  CoreV1Api,
  type KubeConfig,
  type V1Container,
  type V1HTTPGetAction,
  type V1Pod,
  type V1Probe,
} from '@kubernetes/client-node';
import { connect } from 'node:tls';
import { unlessAbsent } from '../../../kube/namespaces.ts';
import { openPodTunnel } from '../../../kube/podTunnel.ts';
import { requestOnePod, requestThrough, type PodRequest } from '../../../kube/requestPod.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { unlessAborted } from '../../unlessAborted.ts';
import { declaredWorkloads, describeContainer, lastingContainers } from './declaredWorkloads.ts';

/**
 * Asks every container what the kubelet asks it. Probes over HTTP and TCP are tried; one that runs a command in the container, or speaks gRPC,
 * is not: of it, what the kubelet has found is told.
 */
export const probesAnswer: Check = {
  id: 'probes-answer',
  component: 'workloads',
  title: 'every probe of every container answers',
  run: async ({ deployment, signal }) => {
    const kube = await deployment.kube();
    const asked = (await declaredWorkloads(deployment)).flatMap(({ pods }) => pods.flatMap(probesOf));
    return (await Promise.all(asked.map((probe) => tryProbe(kube, probe, signal)))).flat();
  },
};

/** A probe of a container, and what else is asked the same. */
export interface AskedProbe {
  readonly pod: V1Pod;
  readonly container: V1Container;
  /** Such as `liveness and startup probe`. */
  readonly names: string;
  readonly probe: V1Probe;
}

/** More than any probe of ours may take; a tunnel to a pod that goes away may never end. */
const longestMillis = 10_000;

const kinds = ['startup', 'liveness', 'readiness'] as const;

/** The probes of the containers that run as long as their pod does; those that ask the same are one. */
export function probesOf(pod: V1Pod): AskedProbe[] {
  return lastingContainers(pod).flatMap((container) => {
    const asked = new Map<string, { readonly kinds: string[]; readonly probe: V1Probe }>();
    for (const kind of kinds) {
      const probe = container[`${kind}Probe`];
      if (probe === undefined) continue;
      const { httpGet, tcpSocket, exec, grpc } = probe;
      const question = JSON.stringify({ httpGet, tcpSocket, exec, grpc });
      const same = asked.get(question);
      if (same === undefined) asked.set(question, { kinds: [kind], probe });
      else same.kinds.push(kind);
    }
    return [...asked.values()].map(({ kinds: same, probe }) => ({
      pod,
      container,
      names: `${same.join(' and ')} probe`,
      probe,
    }));
  });
}

const mend =
  'see what the container says (`kubectl logs`, `kubectl describe pod`), and whether its probe is as declared';

async function tryProbe(kube: KubeConfig, asked: AskedProbe, signal: AbortSignal): Promise<Finding[]> {
  const { pod, container, names, probe } = asked;
  const subject = `${describeContainer(pod, container.name)}, ${names}`;
  const { httpGet, tcpSocket } = probe;
  if (httpGet === undefined && tcpSocket === undefined) return [judgeByKubelet(asked, subject)];
  const port = portNumber(container, httpGet?.port ?? tcpSocket?.port ?? 0);
  const expected =
    httpGet === undefined
      ? `port ${port} takes a connection`
      : `${httpGet.path ?? '/'} on port ${port} answers 200 to 399`;
  const started = performance.now();
  const place = { namespace: pod.metadata?.namespace ?? '', pod: pod.metadata?.name ?? '', port };
  const late = AbortSignal.any([signal, AbortSignal.timeout(longestMillis)]);
  try {
    const answer = httpGet === undefined ? connectTo(kube, place) : ask(kube, place, httpGet, late);
    const status = await unlessAborted(answer, late);
    const seconds = (performance.now() - started) / 1000;
    const found = status === undefined ? 'it takes one' : `it answers ${status}`;
    if (status === undefined || (status >= 200 && status < 400))
      return [{ outcome: 'ok', subject, expected, found, seconds }];
    return [{ outcome: 'failed', subject, expected, found, seconds, mend }];
  } catch (error) {
    signal.throwIfAborted();
    if (await isGone(kube, pod)) return [];
    const found = late.aborted ? `no answer within ${longestMillis / 1000} s` : describeRefusal(error).found;
    return [{ outcome: 'failed', subject, expected, found, seconds: (performance.now() - started) / 1000, mend }];
  }
}

/** Whether a pod has been replaced since, or is about to be. */
async function isGone(
  kube: KubeConfig,
  { metadata: { name = '', namespace = '', uid } = {} }: V1Pod,
): Promise<boolean> {
  const found = await kube.makeApiClient(CoreV1Api).readNamespacedPod({ name, namespace }).catch(unlessAbsent);
  return found === undefined || found.metadata?.uid !== uid || found.metadata?.deletionTimestamp !== undefined;
}

/** What the kubelet makes of a probe that only it can run. */
function judgeByKubelet({ pod, container, names, probe }: AskedProbe, subject: string): Finding {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const status = statuses.find(({ name }) => name === container.name);
  const how = probe.exec === undefined ? 'over gRPC' : 'by a command in the container';
  const expected = `the kubelet, which asks ${how}, finds it well`;
  const isWell = names.includes('readiness') ? status?.ready === true : status?.started === true;
  if (isWell) return { outcome: 'ok', subject, expected, found: 'the kubelet finds it well; it was not asked here' };
  return { outcome: 'failed', subject, expected, found: 'the kubelet does not find it well', mend };
}

type Place = Parameters<typeof requestOnePod>[1];

async function ask(kube: KubeConfig, place: Place, httpGet: V1HTTPGetAction, signal: AbortSignal): Promise<number> {
  const { path = '/', scheme = 'HTTP', httpHeaders = [] } = httpGet;
  const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]));
  const asked: PodRequest = { path, headers, signal };
  if (scheme !== 'HTTPS') return (await requestOnePod(kube, place, asked)).status;
  const socket = await openPodTunnel(kube, place.namespace, place.pod, place.port);
  // The kubelet looks at no certificate either.
  return (await requestThrough(connect({ socket, rejectUnauthorized: false }), asked)).status;
}

/** A port that nobody listens on ends the tunnel at once; who listens and waits for a word leaves it open. */
async function connectTo(kube: KubeConfig, { namespace, pod, port }: Place): Promise<undefined> {
  const tunnel = await openPodTunnel(kube, namespace, pod, port);
  try {
    await new Promise<void>((resolve, reject) => {
      const settled = setTimeout(resolve, 500);
      tunnel.once('error', (error) => {
        clearTimeout(settled);
        reject(error);
      });
    });
  } finally {
    tunnel.destroy();
  }
  return undefined;
}

function portNumber({ ports = [] }: V1Container, port: number | string | object): number {
  const named = ports.find(({ name }) => name === port)?.containerPort;
  return named ?? Number(port);
}
