import { entries, field } from './fields.ts';

/** A container of a workload. */
export interface WorkloadContainer {
  /** Name of the container, or its place in the list. */
  readonly name: string;
  /** Where its fields stand: `spec.template.spec.containers[0]`. */
  readonly path: string;
  /** Whether it runs as long as its pod, which is meant to run for ever. Init containers and jobs do not. */
  readonly longRunning: boolean;
  /** The container as it was declared. */
  readonly spec: unknown;
}

/** A Kubernetes object that makes pods. */
export interface Workload {
  readonly kind: string;
  /** The specification of its pods. */
  readonly pod: {
    /** Where it stands: `spec.template.spec`. */
    readonly path: string;
    readonly spec: unknown;
  };
  readonly containers: readonly WorkloadContainer[];
}

const podSpecPaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/**
 * The workloads in a Pulumi resource, of whatever API version: one for a Deployment, several for a DeploymentList, none
 * for a Service. Patches (`DeploymentPatch`) are left out, since they hold only a part of their object.
 *
 * @param type - The resource's type token, such as `kubernetes:apps/v1:Deployment`.
 * @param props - The resource's inputs.
 */
export function workloadsOf(type: string, props: unknown): Workload[] {
  const [, kind = '', list] = /^kubernetes:[^:]+:(\w+?)(List)?$/.exec(type) ?? [];
  const path = podSpecPaths[kind];
  if (path === undefined) return [];
  if (list === undefined) return [workload(kind, path, props, '')];
  return entries(field(props, 'items')).map((item, index) => workload(kind, path, item, `items[${index}].`));
}

function workload(kind: string, path: readonly string[], object: unknown, prefix: string): Workload {
  const podSpec = path.reduce<unknown>(field, object);
  const lasting = lastingPods(kind, podSpec);
  const at = `${prefix}${path.join('.')}`;
  return {
    kind,
    pod: { path: at, spec: podSpec },
    containers: [
      // An init container that restarts for ever is a sidecar.
      ...containers(podSpec, 'initContainers', at, (spec) => lasting && field(spec, 'restartPolicy') === 'Always'),
      ...containers(podSpec, 'containers', at, () => lasting),
    ],
  };
}

function lastingPods(kind: string, podSpec: unknown): boolean {
  if (kind === 'Job' || kind === 'CronJob') return false;
  const restartPolicy = kind === 'Pod' || kind === 'PodTemplate' ? field(podSpec, 'restartPolicy') : undefined;
  return restartPolicy === undefined || restartPolicy === 'Always';
}

function containers(
  podSpec: unknown,
  list: string,
  at: string,
  longRunning: (spec: unknown) => boolean,
): WorkloadContainer[] {
  return entries(field(podSpec, list)).map((spec, index) => {
    const name = field(spec, 'name');
    const path = `${at}.${list}[${index}]`;
    return { name: typeof name === 'string' ? name : path, path, longRunning: longRunning(spec), spec };
  });
}
