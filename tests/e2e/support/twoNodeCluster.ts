import type { KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { loadKubeConfig } from '../../../tools/kube/connection.ts';
import { npmRunJson } from '../../support/commands.ts';
import { startOwnCluster } from './ownCluster.ts';

const started = z.object({
  kubeconfigPath: z.string(),
  stateDirectory: z.string(),
  nodes: z.tuple([z.string(), z.string()]),
});

/** A cluster with a node for the control plane and one worker, both of which take pods; disposing of it removes it. */
export interface TwoNodeCluster extends AsyncDisposable {
  /** What `--cluster`, and `--name` of `npm run cluster`, take. */
  readonly name: string;
  readonly kube: KubeConfig;
  readonly kubeconfigPath: string;
  readonly stateDirectory: string;
  /** As Kubernetes names them: the one with the control plane, and the worker. */
  readonly nodes: readonly [string, string];
}

/**
 * Starts a cluster with two nodes by the command that users type; what an earlier, killed run left of it is removed. Nothing
 * is deployed yet: `npm run up -- --cluster NAME` does that, and gives both nodes their images.
 */
export async function startTwoNodeCluster(name: string): Promise<TwoNodeCluster> {
  return startOwnCluster(name, async () => {
    const up = started.parse(await npmRunJson('cluster', ['up', '--name', name, '--nodes', '2']));
    const kube = loadKubeConfig({ kubeconfigPath: up.kubeconfigPath });
    return { ...up, name, kube };
  });
}
