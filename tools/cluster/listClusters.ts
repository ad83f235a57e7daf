import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clustersDirectory } from './clusterIdentity.ts';
import { createClusterLayout } from './clusterLayout.ts';
import { readClusterState } from './clusterState.ts';
import { apiUrlOf } from './clusterStatus.ts';
import { readLiveNode } from './nodeProcess.ts';

/** One cluster of this user, from whatever checkout. */
export interface ListedCluster {
  readonly name: string;
  readonly checkout: string;
  readonly running: boolean;
  readonly apiUrl: string;
  readonly stateDirectory: string;
}

/** Lists the clusters that have state, by name and checkout. */
export function listClusters(environment: NodeJS.ProcessEnv): readonly ListedCluster[] {
  const directory = clustersDirectory(environment);
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const clusters = entries.flatMap(({ name: id }) => {
    const layout = createClusterLayout(join(directory, id));
    const state = readClusterState(layout.stateFile);
    if (state === undefined) return [];
    const { name, checkout } = state;
    return [
      {
        name,
        checkout,
        running: readLiveNode(layout) !== undefined,
        apiUrl: apiUrlOf(state),
        stateDirectory: layout.root,
      },
    ];
  });
  return clusters.sort((left, right) =>
    `${left.name}\0${left.checkout}`.localeCompare(`${right.name}\0${right.checkout}`),
  );
}
