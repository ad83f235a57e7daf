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

/**
 * How a pod goes: it still serves for the seconds that clients and proxies need to learn that it is leaving. Jaeger drops
 * what arrives after the signal to end. The kubelet itself sleeps (Kubernetes 1.30 and later): the image needs no shell.
 */
export const terminationGrace = {
  pod: { terminationGracePeriodSeconds: 30 },
  container: { lifecycle: { preStop: { sleep: { seconds: 5 } } } },
} satisfies {
  pod: { terminationGracePeriodSeconds: number };
  container: Pick<types.input.core.v1.Container, 'lifecycle'>;
};

/** Tells Go's garbage collector the container's limit, so that it works harder instead of being killed. */
export function goRuntimeLimits({ limits }: ContainerResources): Record<string, string> {
  return { GOMEMLIMIT: `${Math.floor(limits.memoryMebibytes * 0.9)}MiB` };
}
