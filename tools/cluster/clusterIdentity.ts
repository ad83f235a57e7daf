import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stateHome } from '../process/stateHome.ts';
import { parseClusterName } from './clusterName.ts';

/**
 * What tells one cluster from every other on the machine. All of it follows from the name, the checkout
 * and where states are kept.
 */
export interface ClusterIdentity {
  readonly name: string;
  /** Real path of the checkout that the cluster belongs to. */
  readonly checkout: string;
  /** `<name>-<8 hex digits of the checkout's path>`. */
  readonly id: string;
  readonly stateDirectory: string;
  /** Lies beside the state directory, so that removing the state keeps the lock. */
  readonly lockPath: string;
  /** Host end of the link; at most 15 characters, the kernel's limit. */
  readonly linkName: string;
  /** Directory name, directly under each cgroup hierarchy's root. */
  readonly cgroupName: string;
  readonly nodeName: string;
  /** Name of the kubeconfig context. */
  readonly context: string;
}

/** The directory that holds every cluster's state, `$XDG_STATE_HOME/tracewright/clusters`. */
export function clustersDirectory(environment: NodeJS.ProcessEnv): string {
  return join(stateHome(environment), 'tracewright', 'clusters');
}

/**
 * Derives a cluster's identity. The same name from the same checkout gives the same identity, whatever
 * symbolic links lead there.
 *
 * @throws InvalidClusterNameError for a name that {@link parseClusterName} refuses.
 */
export function createClusterIdentity(name: string, checkout: string, clusters: string): ClusterIdentity {
  parseClusterName(name);
  // A checkout that was deleted still names its cluster, which can then be taken down.
  const realCheckout = existsSync(checkout) ? realpathSync(checkout) : resolve(checkout);
  const id = `${name}-${shortHash(realCheckout)}`;
  const stateDirectory = resolve(clusters, id);
  // Whoever looks for state elsewhere, as tests with a HOME of their own do, has clusters of their own.
  const stateHash = shortHash(stateDirectory);
  return {
    name,
    checkout: realCheckout,
    id,
    stateDirectory,
    lockPath: resolve(clusters, `.${id}.lock`),
    linkName: `tw${stateHash}`,
    cgroupName: `tracewright-${name}-${stateHash}`,
    nodeName: `tracewright-${name}`,
    context: `tracewright-${name}`,
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
