import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaControllerPort } from '../../../../../infra/jaeger/kafkaFiles.ts';
import { serviceNames } from '../../../../../infra/jaeger/endpoints.ts';
import { policedComponents } from '../../../../../infra/jaeger/networkFlows.ts';
import { ownPart, partOfLabel } from '../../../../../infra/kubernetes/labels.ts';
import { componentOf, isReadyPod } from '../../../../kube/podState.ts';
import { openPodTunnel } from '../../../../kube/podTunnel.ts';
import type { FlowTarget } from './expectedFlow.ts';

/** A port of a pod that runs. */
export interface FoundTarget extends FlowTarget {
  readonly namespace: string;
  readonly pod: string;
  /** `host:port`, as URLs have it. */
  readonly address: string;
}

// What listens without a word of it in the pod: Elasticsearch's transport, and Kafka's controller.
const unsaid: Readonly<Record<string, readonly number[]>> = {
  [serviceNames.elasticsearch]: [9300],
  [serviceNames.kafka]: [kafkaControllerPort.number],
};

/** Every TCP port of one ready pod of each component, in the order of the components. */
export function findTargets(pods: readonly V1Pod[]): FoundTarget[] {
  return policedComponents.flatMap((component) => {
    const pod = pods.find((each) => isReadyPodOf(each, component));
    const host = pod?.status?.podIP;
    if (pod === undefined || host === undefined) return [];
    const { name = '', namespace = '' } = pod.metadata ?? {};
    const ports = new Set([...declaredPorts(pod), ...(unsaid[component] ?? [])]);
    return [...ports].map((port) => ({ component, port, namespace, pod: name, address: addressOf(host, port) }));
  });
}

/** `host:port`, as URLs have it. */
export function addressOf(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function isReadyPodOf(pod: V1Pod, component: string): boolean {
  return componentOf(pod) === component && pod.metadata?.labels?.[partOfLabel] === ownPart && isReadyPod(pod);
}

function declaredPorts({ spec }: V1Pod): number[] {
  return (spec?.containers ?? [])
    .flatMap(({ ports }) => ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map(({ containerPort }) => containerPort);
}

/** How long a connection must last to count: the kubelet says soon that nobody listens. */
const lastingMillis = 1500;

/** Whether somebody listens on a port, asked through the API server: no policy is in between. */
export async function isListening(kube: KubeConfig, { namespace, pod, port }: FoundTarget): Promise<boolean> {
  try {
    const tunnel = await openPodTunnel(kube, namespace, pod, port);
    const ended = once(tunnel, 'close').then(
      () => false,
      () => false,
    );
    const lasts = await Promise.race([ended, sleep(lastingMillis, true, { ref: false })]);
    tunnel.destroy();
    return lasts;
  } catch {
    return false;
  }
}
