import type { types } from '@pulumi/kubernetes';

type Probe = types.input.core.v1.Probe;

/** The three probes of a container. */
export interface ContainerProbes {
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}

/**
 * Probes of a Jaeger process, on its admin port. `/version` answers as long as the process serves at all; `/` answers 503
 * until the storage is connected. A process that waits for its storage is therefore not ready, but not killed either.
 */
export function jaegerProbes(adminPort: string): ContainerProbes {
  const alive = { path: '/version', port: adminPort };
  const ready = { path: '/', port: adminPort };
  return {
    startupProbe: { httpGet: alive, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 },
    livenessProbe: { httpGet: alive, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { httpGet: ready, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 3 },
  };
}

/** Probes of oauth2-proxy. Neither asks the issuer: while that is down, those who are logged in stay so. */
export function oauth2ProxyProbes(httpPort: string): ContainerProbes {
  const alive = { path: '/ping', port: httpPort };
  const ready = { path: '/ready', port: httpPort };
  return {
    startupProbe: { httpGet: alive, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 },
    livenessProbe: { httpGet: alive, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { httpGet: ready, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 3 },
  };
}

/**
 * Probes of a Kafka broker. It opens the controller's port early, and that of its clients once it has recovered its data. What asks
 * it more than whether it listens is a JVM of its own: too much for every few seconds.
 */
export function kafkaProbes(clientPort: string, controllerPort: string): ContainerProbes {
  return {
    startupProbe: { tcpSocket: { port: clientPort }, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 300 },
    livenessProbe: { tcpSocket: { port: controllerPort }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { tcpSocket: { port: clientPort }, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 3 },
  };
}

/**
 * Probes of an Elasticsearch node. A long garbage collection must not get it killed: liveness waits two minutes.
 * Readiness asks for the node's own view, so that a cluster without a master is reported and not hidden.
 */
export function elasticsearchProbes(httpPort: string): ContainerProbes {
  return {
    startupProbe: { tcpSocket: { port: httpPort }, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 300 },
    livenessProbe: {
      httpGet: { path: '/', port: httpPort },
      periodSeconds: 10,
      timeoutSeconds: 10,
      failureThreshold: 12,
    },
    readinessProbe: {
      httpGet: { path: '/_cluster/health?local=true', port: httpPort },
      periodSeconds: 2,
      timeoutSeconds: 5,
      failureThreshold: 5,
    },
  };
}
