import { CoreV1Api, type KubeConfig, type V1Namespace } from '@kubernetes/client-node';
import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import { listBlindAutoscalers, readMetricsLack } from '../kube/autoscalers.ts';
import { listBlockingBudgets } from '../kube/disruptionBudgets.ts';
import { acceptsUnenforced, missingPolicies, readPolicies } from '../kube/missingPolicies.ts';
import { missingOptionalWorkloads } from '../kube/missingWorkloads.ts';
import { listNodeProblems } from '../kube/nodeProblems.ts';
import { weakenedNamespaces } from '../kube/podSecurity.ts';
import { listCertificateProblems } from '../kube/uiCertificates.ts';
import type { PlacedProblem, PlacedWorkload } from '../kube/workload.ts';

/** What is to be looked at. */
export interface Deployments {
  /** Every namespace that a stack has made. */
  readonly namespaces: readonly V1Namespace[];
  /** Those of them that hold a deployment of Jaeger. */
  readonly deployments: readonly string[];
  readonly workloads: readonly PlacedWorkload[];
}

/** What was found beside the workloads. */
export interface Findings {
  readonly problems: readonly PlacedProblem[];
  /** What somebody has accepted by the configuration: said, but no fault. */
  readonly warnings: readonly PlacedProblem[];
}

/** What keeps security and availability of deployments from being what their stacks say. */
export async function listClusterProblems(
  kube: KubeConfig,
  { namespaces, deployments, workloads }: Deployments,
): Promise<Findings> {
  const names = namespaces.map(({ metadata }) => metadata?.name ?? '');
  const waiting = workloads.some(({ complete, namespace }) => !complete && names.includes(namespace));
  const [policies, ...problems] = await Promise.all([
    readPolicies(kube, deployments, names),
    listBlockingBudgets(kube, names),
    listBlindAutoscalers(kube, names),
    listNodeProblems(kube, names, waiting),
    listCertificateProblems(kube, deployments),
  ]);
  const open = policies.filter(acceptsUnenforced).map(({ namespace }) => unenforced(namespace));
  return {
    problems: [
      ...weakenedNamespaces(namespaces, deployments),
      ...policies.flatMap((found) => missingPolicies(found, workloads)),
      ...missingOptionalWorkloads(policies, workloads),
      ...problems.flat(),
    ],
    warnings: open,
  };
}

/** {@link listClusterProblems} of one stack, by its namespaces. */
export async function listStackProblems(
  kube: KubeConfig,
  [main = '', ...others]: readonly string[],
  workloads: readonly PlacedWorkload[],
): Promise<Findings> {
  const core = kube.makeApiClient(CoreV1Api);
  const namespaces = await Promise.all([main, ...others].map((name) => core.readNamespace({ name })));
  return listClusterProblems(kube, { namespaces, deployments: [main], workloads });
}

/** What a configuration asks of the cluster in vain, as far as that is known before anything is deployed. */
export async function foreseeProblems(
  kube: KubeConfig,
  { collector, query }: Pick<StackConfig, 'collector' | 'query'>,
): Promise<string[]> {
  if (collector.autoscaling === undefined && query.autoscaling === undefined) return [];
  const lack = await readMetricsLack(kube);
  return lack === undefined ? [] : [`autoscaling will have nothing to go by: ${lack}`];
}

function unenforced(namespace: string): PlacedProblem {
  const problem =
    'nobody has tried whether network policies are enforced, since the stack accepts that they are not (network.unenforced: ' +
    'true): where they are not, every pod of the cluster reaches every port of Jaeger and its storage';
  return { namespace, kind: 'Namespace', name: namespace, problem };
}
