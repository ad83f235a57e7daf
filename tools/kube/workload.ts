/** How far one Deployment, StatefulSet or DaemonSet is. */
export interface WorkloadStatus {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly name: string;
  readonly wanted: number;
  readonly ready: number;
  /** Whether every pod is of the newest template and ready. */
  readonly complete: boolean;
  /** What its pods that are not ready wait for; empty for a complete one. */
  readonly waitsFor: readonly string[];
  /** What goes wrong in pods that run, where it was asked for: see `jaegerFailures`. */
  readonly failures: readonly string[];
}

/** A workload and the namespace it is in. */
export type PlacedWorkload = WorkloadStatus & { readonly namespace: string };

/** Something beside the workloads that is not as it should be. */
export interface PlacedProblem {
  /** Empty for what is in none, such as a node. */
  readonly namespace: string;
  readonly kind:
    | WorkloadStatus['kind']
    | 'CronJob'
    | 'Job'
    | 'ConfigMap'
    | 'Namespace'
    | 'Ingress'
    | 'NetworkPolicy'
    | 'PodDisruptionBudget'
    | 'HorizontalPodAutoscaler'
    | 'Node';
  readonly name: string;
  /** What the object is or has done, to be read after its name: `is missing: …`, or a sentence of its own. */
  readonly problem: string;
}

/** A workload in one line, with what it waits for and what goes wrong in it. */
export function describeWorkload({ kind, name, ready, wanted, waitsFor, failures }: WorkloadStatus): string {
  const reasons = [...new Set([...waitsFor, ...failures])].join('; ');
  return `${kind} ${name} ${ready}/${wanted}${reasons === '' ? '' : ` (${reasons})`}`;
}

/** A problem in one line. */
export function describeProblem({ kind, name, problem }: PlacedProblem): string {
  return `${kind} ${name}${problem.startsWith('is ') ? '' : ':'} ${problem}`;
}

/** {@link describeProblem} with the namespace, where there is one. */
export function describePlaced(placed: PlacedProblem): string {
  return `${placed.namespace === '' ? '' : `namespace ${placed.namespace}: `}${describeProblem(placed)}`;
}

/** What the workloads that are late wait for and what goes wrong in the others; undefined where all is well. */
export function describeLate(workloads: readonly WorkloadStatus[]): string | undefined {
  const late = workloads.filter(({ complete, failures }) => !complete || failures.length > 0);
  return late.length === 0 ? undefined : `waiting for ${late.map(describeWorkload).join(', ')}`;
}
