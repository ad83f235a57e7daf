import { CoreV1Api, PortForward, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { duplexPair, type Duplex } from 'node:stream';

/** A port that pods of a Service listen on. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  /** The port of the pods, which a port-forward reaches. */
  readonly podPort: number;
}

/** No pod behind a Service is ready. */
export class NoReadyPodError extends Error {
  override readonly name = 'NoReadyPodError';

  constructor({ namespace, service }: ServicePort) {
    super(
      `no pod behind the service ${service} in namespace ${namespace} is ready; \`npm run status\` says what it waits for`,
    );
  }
}

/**
 * Opens one connection to a ready pod behind a Service.
 * @throws NoReadyPodError when there is none.
 */
export async function openServiceTunnel(config: KubeConfig, target: ServicePort): Promise<Duplex> {
  return openPodTunnel(config, target.namespace, await findReadyPod(config, target), target.podPort);
}

/** Opens one connection to a port of a pod through the API server, as `kubectl port-forward` does. */
export async function openPodTunnel(config: KubeConfig, namespace: string, pod: string, port: number): Promise<Duplex> {
  const [near, far] = duplexPair();
  const socket = await new PortForward(config).portForward(namespace, pod, [port], far, null, far);
  if (typeof socket === 'function') throw new TypeError('a port-forward without retries is a socket');
  socket.onclose = () => far.end();
  socket.onerror = () => far.destroy();
  near.on('close', () => socket.close());
  return near;
}

async function findReadyPod(config: KubeConfig, target: ServicePort): Promise<string> {
  const core = config.makeApiClient(CoreV1Api);
  const service = await core.readNamespacedService({ name: target.service, namespace: target.namespace });
  const labelSelector = Object.entries(service.spec?.selector ?? {})
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const pods = await core.listNamespacedPod({ namespace: target.namespace, labelSelector });
  const name = pods.items.find(isReady)?.metadata?.name;
  if (name === undefined) throw new NoReadyPodError(target);
  return name;
}

function isReady(pod: V1Pod): boolean {
  const leaving = pod.metadata?.deletionTimestamp !== undefined;
  return !leaving && (pod.status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
}
