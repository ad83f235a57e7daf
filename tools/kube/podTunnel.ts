import { CoreV1Api, PortForward, type KubeConfig, type V1Service } from '@kubernetes/client-node';
import { duplexPair, Writable, type Duplex } from 'node:stream';
import { isReadyPod } from './podState.ts';
import { labelsText } from './labelSelector.ts';

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

/** A Service has no pods of its own: its selector is missing, or names another host. */
export class NoPodsOfServiceError extends Error {
  override readonly name = 'NoPodsOfServiceError';

  constructor({ metadata, spec }: V1Service) {
    const why =
      spec?.type === 'ExternalName' ? `it stands for ${spec.externalName ?? 'another host'}` : 'it has no selector';
    super(
      `the service ${metadata?.name ?? ''} in namespace ${metadata?.namespace ?? ''} leads to no pods by itself (${why}): name the address it stands for`,
    );
  }
}

/** A connection to a port of a pod could not be opened, or broke off. */
export class PodTunnelError extends Error {
  override readonly name = 'PodTunnelError';

  constructor(place: string, reason: string, cause?: unknown) {
    super(`the port-forward to ${place} failed: ${reason}`, { cause });
  }
}

/**
 * Opens one connection to a ready pod behind a Service.
 * @throws NoReadyPodError when there is none; NoPodsOfServiceError when it selects none at all; PodTunnelError when the API server opens none.
 */
export async function openServiceTunnel(config: KubeConfig, target: ServicePort): Promise<Duplex> {
  return openPodTunnel(config, target.namespace, await findReadyPod(config, target), target.podPort);
}

/**
 * Opens one connection to a port of a pod through the API server, as `kubectl port-forward` does. Destroying the stream
 * closes it; the other side's end ends the stream.
 * @throws PodTunnelError when the API server opens none.
 */
export async function openPodTunnel(config: KubeConfig, namespace: string, pod: string, port: number): Promise<Duplex> {
  const place = `port ${port} of pod ${namespace}/${pod}`;
  const [near, far] = duplexPair();
  // An error can come before the caller listens; it is told by the tunnel's end too.
  near.on('error', () => undefined);
  const socket = await openSocket(config, [namespace, pod, port], far, errorChannel(near, place)).catch(
    (cause: unknown) => {
      throw new PodTunnelError(place, reasonOf(cause), cause);
    },
  );
  socket.onclose = () => far.end();
  socket.onerror = (event) => near.destroy(new PodTunnelError(place, reasonOf(event)));
  far.on('error', () => near.destroy());
  near.on('end', () => near.end());
  near.on('close', () => {
    far.destroy();
    socket.close();
  });
  return near;
}

type PodPort = readonly [namespace: string, pod: string, port: number];

async function openSocket(config: KubeConfig, [namespace, pod, port]: PodPort, far: Duplex, errors: Writable) {
  const socket = await new PortForward(config).portForward(namespace, pod, [port], far, errors, far);
  if (typeof socket === 'function') throw new TypeError('a port-forward without retries is a socket');
  return socket;
}

/** Takes what the kubelet says about the connection, such as that nobody listens on the port. */
function errorChannel(tunnel: Duplex, place: string): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      // The channel opens with the port's number alone, which the library cuts off.
      if (chunk.length > 0) tunnel.destroy(new PodTunnelError(place, chunk.toString('utf8').trim()));
      done();
    },
  });
}

/** A WebSocket's failure is an event with a message, not an Error. */
function reasonOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null || !('message' in cause)) return String(cause);
  return String(cause.message);
}

async function findReadyPod(config: KubeConfig, target: ServicePort): Promise<string> {
  const core = config.makeApiClient(CoreV1Api);
  const service = await core.readNamespacedService({ name: target.service, namespace: target.namespace });
  const labelSelector = podSelector(service);
  const pods = await core.listNamespacedPod({ namespace: target.namespace, labelSelector });
  const name = pods.items.find(isReadyPod)?.metadata?.name;
  if (name === undefined) throw new NoReadyPodError(target);
  return name;
}

/**
 * The label selector of a Service's pods. It is never empty: that would select every pod of the namespace, and what is meant for the
 * Service, such as a password, would go to any of them.
 * @throws NoPodsOfServiceError when the Service selects none.
 */
export function podSelector(service: V1Service): string {
  const { selector = {}, type } = service.spec ?? {};
  const labels = labelsText(selector);
  if (labels === '' || type === 'ExternalName') throw new NoPodsOfServiceError(service);
  return labels;
}
