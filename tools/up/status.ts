import { CoreV1Api, type V1Namespace } from '@kubernetes/client-node';
import { ownPart, partOfLabel } from '../../infra/kubernetes/labels.ts';
import { requireReachable } from '../kube/connection.ts';
import { listFailedJobs } from '../kube/failedJobs.ts';
import { listWorkloadsOf } from '../kube/listWorkloads.ts';
import { deploymentNamespaces, missingWorkloads } from '../kube/missingWorkloads.ts';
import { describeProblem, describeWorkload, type PlacedProblem, type PlacedWorkload } from '../kube/workload.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { listClusterProblems } from './clusterProblems.ts';
import { findGateways, type StackGateway } from './gateways.ts';
import { listSamplingProblems } from './samplingProblem.ts';
import { findTarget } from './target.ts';

/** What runs, and what waits for what. */
export interface StatusResult {
  readonly context?: string;
  readonly cluster: 'absent' | 'running';
  readonly kubernetes?: string;
  /** The address of traces, while the gateway runs; of several stacks the first's. */
  readonly uiUrl?: string;
  /** The gateways of each stack that was deployed from here and has one that runs. */
  readonly gateways: readonly StackGateway[];
  readonly workloads: readonly PlacedWorkload[];
  /**
   * What is wrong beside the workloads: what somebody has deleted or weakened, failed Jobs, sampling strategies that no
   * collector can take, what would block a drain or keeps an autoscaler from its work.
   */
  readonly problems: readonly PlacedProblem[];
  /** What somebody has accepted by the configuration: said, but no fault. */
  readonly warnings: readonly PlacedProblem[];
  /** Whether there is a deployment, every workload of it is complete and works, and there is no problem beside them. */
  readonly healthy: boolean;
}

// The labels that the stack and the example put on what they make.
const ours = `${partOfLabel} in (${ownPart}, checkout)`;

const nothing: StatusResult = {
  cluster: 'absent',
  gateways: [],
  workloads: [],
  problems: [],
  warnings: [],
  healthy: false,
};

/** Looks; changes and starts nothing. */
export async function status({ options, environment }: CommandContext): Promise<StatusResult> {
  const target = await findTarget(options, environment);
  if (target === undefined) return nothing;
  const { kube } = target;
  const kubernetes = await requireReachable(kube);
  const { items } = await kube.makeApiClient(CoreV1Api).listNamespace({ labelSelector: ours });
  const names = items.map(nameOf);
  const [workloads, jobs, gateways] = await Promise.all([
    listWorkloadsOf(kube, names, { failures: true }),
    listFailedJobs(kube, names),
    findGateways(target.stateDirectory),
  ]);
  const namespaces = items.filter(isOfStack);
  const deployments = deploymentNamespaces(namespaces.map(nameOf), workloads);
  const [sampling, found] = await Promise.all([
    listSamplingProblems(kube, deployments),
    listClusterProblems(kube, { namespaces, deployments, workloads }),
  ]);
  const problems = [...missingWorkloads(deployments, workloads), ...jobs, ...sampling, ...found.problems];
  const [first] = gateways;
  return {
    context: target.context,
    cluster: 'running',
    kubernetes,
    ...(first === undefined ? {} : { uiUrl: first.uiUrl }),
    gateways,
    workloads,
    problems,
    warnings: found.warnings,
    healthy: workloads.length > 0 && workloads.every(isWell) && problems.length === 0,
  };
}

/** Whether a stack has made a namespace; one that is being deleted lacks what it lacks rightly. */
function isOfStack({ metadata }: V1Namespace): boolean {
  return metadata?.labels?.[partOfLabel] === ownPart && metadata.deletionTimestamp === undefined;
}

function nameOf({ metadata }: V1Namespace): string {
  return metadata?.name ?? '';
}

function isWell({ complete, failures }: PlacedWorkload): boolean {
  return complete && failures.length === 0;
}

/** The status as lines for a person. */
export function describeStatus(result: StatusResult): string {
  if (result.cluster === 'absent') return 'The local cluster does not run: `npm run up` starts it.';
  return [
    `${result.context ?? ''}: Kubernetes ${result.kubernetes ?? ''}, ${result.healthy ? 'healthy' : 'NOT healthy'}`,
    ...result.workloads.map((workload) => `  ${workload.namespace.padEnd(12)} ${describeWorkload(workload)}`),
    ...result.problems.map((problem) => `  ${problem.namespace.padEnd(12)} ${describeProblem(problem)}`),
    ...result.warnings.map((warning) => `  ${warning.namespace.padEnd(12)} warning: ${describeProblem(warning)}`),
    ...(result.workloads.length === 0 ? ['  nothing is deployed: `npm run up` deploys it'] : []),
    ...describeGateways(result.gateways),
  ].join('\n');
}

function describeGateways(gateways: readonly StackGateway[]): string[] {
  if (gateways.length === 0) return ['  the gateway does not run: `npm run up` starts it'];
  return gateways.flatMap(({ stack, uiUrl, pageUrl }) => {
    const whose = gateways.length === 1 ? '' : ` of stack ${stack}`;
    const page = `  page of the example${whose} at ${pageUrl ?? ''} (\`npm run up\` prints it with its token)`;
    return [`  traces${whose} at ${uiUrl}/search`, ...(pageUrl === undefined ? [] : [page])];
  });
}
