import type { KubeConfig } from '@kubernetes/client-node';
import { execa } from 'execa';
import { z } from 'zod';
import { importImages } from '../../../tools/cluster/cluster.ts';
import { NODE_DIRECTORY } from '../../../tools/cluster/clusterLayout.ts';
import { clusterStatus } from '../../../tools/cluster/clusterStatus.ts';
import { KUBE_ROUTER_PROGRAMS } from '../../../tools/cluster/components/kubeRouter.ts';
import { nodeCommand } from '../../../tools/cluster/nodeCommand.ts';
import { packImages } from '../../../tools/images/packImages.ts';
import { loadKubeConfig } from '../../../tools/kube/connection.ts';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { partsOf } from '../../../tools/toolchain/parts.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';
import { checkout, npmRunJson } from '../../support/commands.ts';
import { startOwnCluster } from './ownCluster.ts';

const kubeRouter = `${NODE_DIRECTORY}/services/kube-router`;
// What kube-router has written goes at once; it is alone in its table.
const stopIt = `PATH=${KUBE_ROUTER_PROGRAMS}:$PATH; sv down ${kubeRouter} && sleep 1 && iptables -F && iptables -X`;

/** A cluster whose network plugin can be made to enforce no policies, as many do not; disposing of it removes it. */
export interface OpenNetworkCluster extends AsyncDisposable {
  readonly context: string;
  readonly kube: KubeConfig;
  readonly kubeconfigPath: string;
  /** Stops or starts the enforcement. `up` without --context would heal it: it is what a local cluster is made of. */
  readonly enforce: (enforced: boolean) => Promise<void>;
}

/** Starts it with every image of a stack; what an earlier, killed run left of it is removed. */
export async function startOpenNetworkCluster(name: string): Promise<OpenNetworkCluster> {
  return startOwnCluster(name, async () => {
    const answer = await npmRunJson('cluster', ['up', '--name', name]);
    const { kubeconfigPath, context, pid } = z
      .object({ kubeconfigPath: z.string(), context: z.string(), pid: z.number() })
      .parse({ ...answer, ...(await clusterStatus({ name, checkout })) });
    const cacheDirectory = defaultCacheDirectory(process.env);
    const parts = [...partsOf('cluster'), ...partsOf('images')];
    const built = await startToolchain({ parts, cacheDirectory, environment: process.env }).all;
    const images = await packImages({ parts: built, repository: checkout, cacheDirectory });
    await importImages(await clusterStatus({ name, checkout }), images);
    const enforce = async (enforced: boolean): Promise<void> => {
      const [program = '', ...args] = nodeCommand(pid, ['sh', '-c', enforced ? `sv up ${kubeRouter}` : stopIt]);
      await execa(program, args);
    };
    const kube = loadKubeConfig({ kubeconfigPath });
    return { context, kube, kubeconfigPath, enforce };
  });
}
