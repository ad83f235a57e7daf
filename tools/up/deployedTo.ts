import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { join } from 'node:path';
import { readJsonIfPresent, writePrivateFile } from '../process/privateFiles.ts';
import { deploymentId } from './deploymentId.ts';

/** The cluster that a stack of the user's own backend was deployed to last from this checkout. */
export interface DeployedTo {
  readonly context: string;
  /** UID of the namespace kube-system: the same for as long as the cluster lives. */
  readonly clusterUid: string;
  /** Whether it was a local cluster of ours. */
  readonly local: boolean;
}

/** The stack's state describes another cluster, which this command would have lost or emptied. */
export class OtherClusterError extends Error {
  override readonly name = 'OtherClusterError';

  constructor(stack: string, known: string, asked: string) {
    super(
      `the state of stack ${stack} describes ${known}, not ${asked}: going on would forget what runs there. ` +
        'Name another stack with --stack, or remove this one from that cluster first (npm run down); ' +
        'where that cluster is gone, say so with npm run up -- --forget-cluster. Nothing was changed.',
    );
  }
}

/** A cluster's identity, which outlives every change of its address, name and credentials. */
export async function readClusterUid(kube: KubeConfig): Promise<string> {
  const { metadata } = await kube.makeApiClient(CoreV1Api).readNamespace({ name: 'kube-system' });
  return metadata?.uid ?? '';
}

/** What the state of a stack can be trusted with. */
export type StateTrust = 'refresh' | 'as-is';

export interface TrustQuestion {
  readonly stack: string;
  readonly asked: DeployedTo;
  /** What this checkout remembers; undefined for a stack that it has not deployed yet. */
  readonly known: DeployedTo | undefined;
  /** Resources that the backend remembers. */
  readonly resources: number;
}

/**
 * Decides whether a stack of the user's own backend may be compared with the cluster. A refresh against a cluster that
 * the state does not describe would drop everything from it.
 * @returns `refresh` where state and cluster belong together; `as-is` where only the backend can know.
 * @throws OtherClusterError where they do not.
 */
export function judgeState({ stack, asked, known, resources }: TrustQuestion): StateTrust {
  if (resources === 0) return 'refresh';
  if (known?.clusterUid === asked.clusterUid) return 'refresh';
  // A local cluster is made anew by `up`: what the state says of an earlier one is gone with it.
  if (known?.local === true && asked.local && known.context === asked.context) return 'refresh';
  if (known !== undefined) throw new OtherClusterError(stack, `context ${known.context}`, `context ${asked.context}`);
  // Deployed from elsewhere: to the user's own cluster, where a context was named; never to a local one.
  if (asked.local)
    throw new OtherClusterError(stack, `${resources} resources that were deployed from elsewhere`, 'the local cluster');
  return 'as-is';
}

/** What this checkout remembers of a stack. */
export async function readDeployedTo(
  stateHome: string,
  checkout: string,
  stack: string,
): Promise<DeployedTo | undefined> {
  const value = readJsonIfPresent(await recordPath(stateHome, checkout, stack));
  if (typeof value !== 'object' || value === null) return undefined;
  const { context, clusterUid, local } = value as Partial<Record<keyof DeployedTo, unknown>>;
  if (typeof context !== 'string' || typeof clusterUid !== 'string' || typeof local !== 'boolean') return undefined;
  return { context, clusterUid, local };
}

/** Remembers where a stack was deployed to. */
export async function writeDeployedTo(
  stateHome: string,
  checkout: string,
  stack: string,
  record: DeployedTo,
): Promise<void> {
  writePrivateFile(await recordPath(stateHome, checkout, stack), JSON.stringify(record));
}

async function recordPath(stateHome: string, checkout: string, stack: string): Promise<string> {
  return join(stateHome, 'stacks', `${await deploymentId(checkout, stack)}.json`);
}
