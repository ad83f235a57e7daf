import type * as pulumi from '@pulumi/pulumi';
import type { types } from '@pulumi/kubernetes';
import { apart, spread } from './availability.ts';
import { restrictedContainer, restrictedPodSecurity } from './securityContexts.ts';

/** What differs between the pods of a stack. */
export interface PodTemplateArgs {
  /** Name of the component: its selector and the name of its container. */
  readonly name: string;
  /** Labels of the pods, {@link selectorLabels} among them. */
  readonly labels: Record<string, string>;
  /** Checksum of files that the process reads only once: a change of it restarts the pods. */
  readonly filesChecksum?: string | undefined;
  /** Annotations of the pods. @defaultValue none */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
  readonly serviceAccountName: pulumi.Input<string>;
  /** User and group that the processes run as. */
  readonly userId: number;
  /** Seconds from the request to end until the kill. */
  readonly terminationGracePeriodSeconds: number;
  /** @defaultValue `Always`; a pod that does one job is not started again */
  readonly restartPolicy?: 'Never';
  /** Taints of nodes that the pods may run on all the same. */
  readonly tolerations?: readonly types.input.core.v1.Toleration[];
  readonly container: Omit<types.input.core.v1.Container, 'name'>;
  readonly initContainers?: readonly types.input.core.v1.Container[];
  readonly volumes?: readonly types.input.core.v1.Volume[];
}

/**
 * A pod as every cluster takes it, namespaces of the "restricted" Pod Security Standard included. It cannot talk to the
 * Kubernetes API, gets no `JAEGER_*` variables from Services (they collide with Jaeger's own settings, jaeger #1986), and
 * spreads over nodes where that is possible.
 */
export function podTemplate(args: PodTemplateArgs): types.input.core.v1.PodTemplateSpec {
  const annotations = {
    ...args.annotations,
    ...(args.filesChecksum !== undefined && { 'tracewright/files': args.filesChecksum }),
  };
  return {
    metadata: {
      labels: args.labels,
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      serviceAccountName: args.serviceAccountName,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: restrictedPodSecurity(args.userId),
      terminationGracePeriodSeconds: args.terminationGracePeriodSeconds,
      ...(args.priorityClassName !== undefined && { priorityClassName: args.priorityClassName }),
      ...(args.tolerations && { tolerations: [...args.tolerations] }),
      ...(args.restartPolicy === undefined
        ? { topologySpreadConstraints: spread(args.name), affinity: apart(args.name) }
        : { restartPolicy: args.restartPolicy }),
      initContainers: [...(args.initContainers ?? [])],
      containers: [restrictedContainer({ name: args.name, ...args.container })],
      volumes: [...(args.volumes ?? [])],
    },
  };
}

/** A mapping of variables as the list that a container takes, in the order of the names: no change where none is. */
export function environmentVariables(environment: Readonly<Record<string, string>>): types.input.core.v1.EnvVar[] {
  return Object.entries(environment)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
