import { CoreV1Api } from '@kubernetes/client-node';
import { requireReachable } from '../kube/connection.ts';
import { describeWorkload, listWorkloadsOf, type PlacedWorkload } from '../kube/workloads.ts';
import type { CommandContext } from './commandContext.ts';
import { findGateway } from '../gateway/gatewayProcess.ts';
import { findTarget } from './target.ts';

/** What runs, and what waits for what. */
export interface StatusResult {
  readonly context?: string;
  readonly cluster: 'absent' | 'running';
  readonly kubernetes?: string;
  /** The address of traces, while the gateway runs. */
  readonly uiUrl?: string;
  readonly workloads: readonly PlacedWorkload[];
  /** Whether there is a deployment and every workload of it is complete. */
  readonly healthy: boolean;
}

// The labels that the stack and the example put on what they make.
const ours = 'app.kubernetes.io/part-of in (tracewright, checkout)';

/** Looks; changes and starts nothing. */
export async function status({ options, environment }: CommandContext): Promise<StatusResult> {
  const target = await findTarget(options, environment);
  if (target === undefined) return { cluster: 'absent', workloads: [], healthy: false };
  const kubernetes = await requireReachable(target.kube);
  const { items } = await target.kube.makeApiClient(CoreV1Api).listNamespace({ labelSelector: ours });
  const names = items.map(({ metadata }) => metadata?.name ?? '');
  const workloads = await listWorkloadsOf(target.kube, names);
  const gateway = await findGateway(target.stateDirectory);
  return {
    context: target.context,
    cluster: 'running',
    kubernetes,
    workloads,
    healthy: workloads.length > 0 && workloads.every(({ complete }) => complete),
    ...(gateway === undefined ? {} : { uiUrl: gateway.url }),
  };
}

/** The status as lines for a person. */
export function describeStatus(result: StatusResult): string {
  if (result.cluster === 'absent') return 'The local cluster does not run: `npm run up` starts it.';
  return [
    `${result.context ?? ''}: Kubernetes ${result.kubernetes ?? ''}, ${result.healthy ? 'healthy' : 'NOT healthy'}`,
    ...result.workloads.map((workload) => `  ${workload.namespace.padEnd(12)} ${describeWorkload(workload)}`),
    ...(result.workloads.length === 0 ? ['  nothing is deployed: `npm run up` deploys it'] : []),
    result.uiUrl === undefined
      ? '  the gateway does not run: `npm run up` starts it'
      : `  traces at ${result.uiUrl}/search`,
  ].join('\n');
}
