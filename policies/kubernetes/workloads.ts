import { entries, field, fieldAt, isRecord, text } from './fields.ts';

/** What a container is to its pod: `sidecar` is an init container that restarts for ever. */
export type ContainerRole = 'main' | 'init' | 'sidecar' | 'ephemeral';

/** A container of a workload. */
export interface Container {
  /** Its name, or its place in the list. */
  readonly name: string;
  /** Where its fields stand: `spec.template.spec.containers[0]`. */
  readonly path: string;
  readonly role: ContainerRole;
  /** Whether it runs as long as its pod, which is meant to run for ever. Init containers and jobs do not. */
  readonly longRunning: boolean;
  /** The container as it was declared. */
  readonly spec: unknown;
}

/** What a Kubernetes object says of the pods that it makes. */
export interface Workload {
  readonly kind: string;
  /** The pods' own metadata: those of the template, or of the Pod itself. */
  readonly metadata: unknown;
  /** The specification of the pods. */
  readonly podSpec: unknown;
  /** Where that stands: `spec.template.spec`. */
  readonly podPath: string;
  /** Whether the pods are meant to run for ever. */
  readonly lasting: boolean;
  /** In the order of their lists: init containers and sidecars, main ones, ephemeral ones. */
  readonly containers: readonly Container[];
}

const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

// `extensions` had some of them before Kubernetes 1.16; the core group has no name.
const ownGroups: readonly string[] = ['', 'apps', 'batch', 'extensions'];

/** Kinds that make pods. */
export const workloadKinds: readonly string[] = Object.keys(templatePaths);

/**
 * The pods that an object makes; `undefined` for an object of another kind. One of Kubernetes' kinds in a group of somebody else counts
 * where its pods stand at the same place: OpenKruise's StatefulSet makes pods as that of Kubernetes does, Volcano's Job does not.
 *
 * @param group - The API group; that of core objects is the empty text.
 * @throws UnknownFieldError
 */
export function workloadOf(kind: string, group: string, body: unknown): Workload | undefined {
  const path = Object.hasOwn(templatePaths, kind) ? templatePaths[kind] : undefined;
  if (path === undefined) return undefined;
  const template = fieldAt(body, ...path);
  if (!ownGroups.includes(group) && !isRecord(field(template, 'spec'))) return undefined;
  const podSpec = field(template, 'spec');
  const podPath = [...path, 'spec'].join('.');
  const lasting = isLasting(kind, podSpec);
  const list = (name: string, role: (spec: unknown) => ContainerRole): Container[] =>
    containers(podSpec, podPath, name, role, lasting);
  return {
    kind,
    metadata: field(template, 'metadata'),
    podSpec,
    podPath,
    lasting,
    containers: [
      ...list('initContainers', (spec) => (field(spec, 'restartPolicy') === 'Always' ? 'sidecar' : 'init')),
      ...list('containers', () => 'main'),
      ...list('ephemeralContainers', () => 'ephemeral'),
    ],
  };
}

function isLasting(kind: string, podSpec: unknown): boolean {
  if (kind === 'Job' || kind === 'CronJob') return false;
  if (kind !== 'Pod' && kind !== 'PodTemplate') return true;
  // Whatever else stands there, null or the empty text, is taken for `Always`.
  const restartPolicy = field(podSpec, 'restartPolicy');
  return restartPolicy !== 'Never' && restartPolicy !== 'OnFailure';
}

function containers(
  podSpec: unknown,
  podPath: string,
  list: string,
  roleOf: (spec: unknown) => ContainerRole,
  lasting: boolean,
): Container[] {
  return entries(field(podSpec, list)).map((spec, index) => {
    const path = `${podPath}.${list}[${index}]`;
    const role = roleOf(spec);
    const longRunning = lasting && (role === 'main' || role === 'sidecar');
    return { name: text(field(spec, 'name')) ?? path, path, role, longRunning, spec };
  });
}
