import type { types } from '@pulumi/kubernetes';
import type { ContainerResources } from '../kubernetes/resources.ts';

/** The user that Jaeger's images run as, since 1.50. */
export const jaegerUserId = 10_001;

/**
 * No pod goes before its successor is ready, and half as many again may run meanwhile: two replicas are replaced in two
 * turns, twenty in two as well.
 */
export const rollingUpdate: types.input.apps.v1.DeploymentStrategy = {
  type: 'RollingUpdate',
  rollingUpdate: { maxUnavailable: 0, maxSurge: '50%' },
};

/** How a pod goes. */
export interface GracefulEnd {
  readonly pod: { readonly terminationGracePeriodSeconds: number };
  readonly container: Required<Pick<types.input.core.v1.Container, 'lifecycle'>>;
}

/** Seconds that Jaeger gets to end in, once it is told to: its servers wait for what is under way for 5 s each (1.50 `Collector.Close`). */
const endSeconds = 25;

/**
 * How a pod goes: it still serves for the seconds that clients and proxies need to learn that it is leaving. Jaeger drops
 * what arrives after the signal to end. The kubelet itself sleeps (Kubernetes 1.30 and later): the image needs no shell.
 */
function gracefulEnd(serveSeconds: number): GracefulEnd {
  return {
    pod: { terminationGracePeriodSeconds: serveSeconds + endSeconds },
    container: { lifecycle: { preStop: { sleep: { seconds: serveSeconds } } } },
  };
}

/** For a pod whose clients come anew for each request: until every node knows that it is out of its Service. */
export const shortEnd = gracefulEnd(5);

/**
 * How long a gRPC connection to a collector lasts. Without a limit, a client stays with the pod that it found first: it never sees
 * one that was added, and sends to one that leaves until that is gone. gRPC varies the age by a tenth (grpc-go
 * `keepalive.ServerParameters`), and then lets calls that are under way end.
 */
const connection = { ageSeconds: 10, graceSeconds: 5 };

/** Settings of both of the collector's gRPC servers. */
export const connectionLimits: Readonly<Record<string, string>> = {
  COLLECTOR_GRPC_SERVER_MAX_CONNECTION_AGE: `${connection.ageSeconds}s`,
  COLLECTOR_GRPC_SERVER_MAX_CONNECTION_AGE_GRACE: `${connection.graceSeconds}s`,
  COLLECTOR_OTLP_GRPC_MAX_CONNECTION_AGE: `${connection.ageSeconds}s`,
  COLLECTOR_OTLP_GRPC_MAX_CONNECTION_AGE_GRACE: `${connection.graceSeconds}s`,
};

/**
 * For a collector, whose end empties no queue: by the time it is told to end, every gRPC connection that it had has grown too
 * old and been closed, new ones went to other pods, and what it took has been written.
 */
export const collectorEnd = gracefulEnd(Math.ceil(connection.ageSeconds * 1.1) + connection.graceSeconds + 4);

/**
 * For an ingester, which nobody sends to: it takes no more from Kafka at once, and writes what it has taken. While the storage is
 * away, it cannot, and is killed with at most one bulk request of spans that Kafka counts as read.
 */
export const ingesterEnd: GracefulEnd['pod'] = { terminationGracePeriodSeconds: 60 };

/** Tells Go's garbage collector the container's limit, so that it works harder instead of being killed. */
export function goRuntimeLimits({ limits }: ContainerResources): Record<string, string> {
  return { GOMEMLIMIT: `${Math.floor(limits.memoryMebibytes * 0.9)}MiB` };
}
