import type { ClusterStatus } from './clusterStatus.ts';
import type { ListedCluster } from './listClusters.ts';

const MEBIBYTE = 1024 * 1024;

/** A cluster's status as lines for a person. */
export function formatStatus(status: ClusterStatus): string {
  const lines = [`cluster "${status.name}" of ${status.checkout}: ${status.state}`];
  if (status.state === 'absent') return [...lines, `start it with: up --name ${status.name}`].join('\n');
  lines.push(
    `  API         ${status.apiUrl ?? ''}`,
    `  kubeconfig  ${status.kubeconfigPath} (context ${status.context})`,
  );
  if (status.memoryBytes !== undefined)
    lines.push(`  memory      ${String(Math.round(status.memoryBytes / MEBIBYTE))} MiB resident, pods included`);
  const width = Math.max(0, ...status.parts.map(({ name }) => name.length));
  lines.push(
    ...status.parts.map((part) =>
      `  ${part.ready ? 'ok ' : 'NOT'} ${part.name.padEnd(width)} ${part.detail ?? ''}`.trimEnd(),
    ),
  );
  if (status.state !== 'running') lines.push(`"up --name ${status.name}" puts it right.`);
  return lines.join('\n');
}

/** The list of clusters as lines for a person. */
export function formatClusters(clusters: readonly ListedCluster[]): string {
  if (clusters.length === 0) return 'There is no cluster.';
  return clusters
    .map(
      ({ name, checkout, running, apiUrl }) => `${name}\t${running ? `running\t${apiUrl}` : 'stopped\t-'}\t${checkout}`,
    )
    .join('\n');
}
