import { stopCluster, type RunningCluster } from '../cluster/cluster.ts';
import { clusterStatus } from '../cluster/clusterStatus.ts';
import type { ReportDetail } from '../console/phases.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import type { UpOptions } from '../stack/options.ts';
import { stopGateways } from './gateways.ts';
import { endLeftUpdates } from './staleLock.ts';

/** The local cluster of this checkout while its node runs; undefined otherwise. Starts nothing. */
export async function findLocalCluster(
  { cluster, checkout }: UpOptions,
  environment: NodeJS.ProcessEnv,
): Promise<RunningCluster | undefined> {
  const found = await clusterStatus({ name: cluster, checkout, environment });
  if (found.apiUrl === undefined || (found.state !== 'running' && found.state !== 'degraded')) return undefined;
  const { name, kubeconfigPath, context, stateDirectory, apiUrl, nodes } = found;
  return {
    name,
    checkout,
    kubeconfigPath,
    context,
    stateDirectory,
    apiUrl,
    nodes: nodes.map((node) => node.name),
  };
}

/** Ends the gateways and the local cluster, and removes all that they kept. */
export async function removeLocalCluster(
  { options, environment, abort }: CommandContext,
  report: ReportDetail,
): Promise<void> {
  const { cluster: name, checkout } = options;
  const { stateDirectory } = await clusterStatus({ name, checkout, environment });
  await stopGateways(stateDirectory);
  await endLeftUpdates(stateDirectory);
  await stopCluster({ name, checkout, environment, signal: abort.signal, onEvent: report });
}
