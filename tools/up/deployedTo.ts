import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { noneIfAbsent } from '../process/noneIfAbsent.ts';
import { readJsonIfPresent, writePrivateFile } from '../process/privateFiles.ts';
import { isRecord } from '../values/isRecord.ts';
import { deploymentId } from './deploymentId.ts';

/** The cluster that a stack of the user's own backend was deployed to last from this checkout. */
export interface DeployedTo {
  readonly context: string;
  /** UID of the namespace kube-system: the same for as long as the cluster lives. */
  readonly clusterUid: string;
  /** Whether it was a local cluster of ours. */
  readonly local: boolean;
}

/** What is remembered of a stack. */
export interface DeploymentRecord extends DeployedTo {
  readonly stack: string;
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
  name: string,
): Promise<DeployedTo | undefined> {
  return readRecord(await recordPath(stateHome, checkout, name));
}

/** The stacks of the user's own backend that this checkout has deployed. */
export async function listDeployedTo(stateHome: string, checkout: string): Promise<DeploymentRecord[]> {
  const directory = recordDirectory(stateHome);
  const records: DeploymentRecord[] = [];
  for (const file of await readdir(directory).catch(noneIfAbsent)) {
    const path = join(directory, file);
    const record = readRecord(path);
    // Older records have no stack in them; their file's name begins with it.
    const stack = record?.stack ?? file.replace(/-[0-9a-f]{8}\.json$/, '');
    // Other checkouts have records here too; those of an engine of ours, one for each context, have a dot in their name.
    const isUsers = !stack.includes('.') && (await recordPath(stateHome, checkout, stack)) === path;
    if (record !== undefined && isUsers) records.push({ ...record, stack });
  }
  return records;
}

/** Remembers where a stack was deployed to. */
export async function writeDeployedTo(
  stateHome: string,
  checkout: string,
  name: string,
  record: DeploymentRecord,
): Promise<void> {
  writePrivateFile(await recordPath(stateHome, checkout, name), JSON.stringify(record));
}

/** Forgets a stack that is gone. */
export async function removeDeployedTo(stateHome: string, checkout: string, name: string): Promise<void> {
  await rm(await recordPath(stateHome, checkout, name), { force: true });
}

function readRecord(path: string): (DeployedTo & Partial<DeploymentRecord>) | undefined {
  const value = readJsonIfPresent(path);
  if (!isRecord(value)) return undefined;
  const { context, clusterUid, local, stack } = value;
  if (typeof context !== 'string' || typeof clusterUid !== 'string' || typeof local !== 'boolean') return undefined;
  return { context, clusterUid, local, ...(typeof stack === 'string' ? { stack } : {}) };
}

function recordDirectory(stateHome: string): string {
  return join(stateHome, 'stacks');
}

async function recordPath(stateHome: string, checkout: string, name: string): Promise<string> {
  return join(recordDirectory(stateHome), `${await deploymentId(checkout, name)}.json`);
}
