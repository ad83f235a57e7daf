import { devNull } from 'node:os';
import { readBackendStacks, type StackToRemove } from '../cluster/clusterStacks.ts';
import type { ClusterStatus } from '../cluster/clusterStatus.ts';
import { loadKubeConfig } from '../kube/connection.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { findUserPulumi } from '../toolchain/userPulumi.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { openStack } from '../stack/openStack.ts';
import { prepareEngine } from '../stack/prepareEngine.ts';
import { readStackConfigFile } from '../stack/stackConfigFile.ts';
import type { StackState } from '../stack/stackEngine.ts';
import { listDeployedTo, readClusterUid, type DeploymentRecord } from './deployedTo.ts';
import { projectState } from './target.ts';

/** A stack of the user's own backend that a local cluster may hold. */
export interface UserStack {
  readonly stack: string;
  /** Whether it may hold protected data when its state cannot be read. */
  readonly mayBeProtected: boolean;
}

/**
 * Every stack that would go with a local cluster, wherever its state is kept: in the cluster's own directory, or in the
 * user's backend, where the records of this checkout say which ones were deployed here.
 */
export async function readLocalStacks(command: CommandContext, cluster: ClusterStatus): Promise<StackToRemove[]> {
  const own = await readBackendStacks(cluster.stateDirectory);
  if (cluster.state === 'absent') return own;
  const { environment } = command;
  const hasCli = (await findUserPulumi(environment, defaultCacheDirectory(environment))) !== undefined;
  const users = await findUserStacks(command, cluster, hasCli);
  if (users.length === 0) return own;
  const read = hasCli ? await createReader(command, cluster) : refuseToRead;
  return [...own, ...(await readUserStacks(users, read))];
}

/** The stacks of the user's backend that were deployed to this very cluster; to one of its name while it cannot be asked. */
export function stacksOnCluster(
  records: readonly DeploymentRecord[],
  context: string,
  clusterUid: string | undefined,
): string[] {
  return records
    .filter((record) => record.local && record.context === context)
    .filter((record) => clusterUid === undefined || record.clusterUid === clusterUid)
    .map(({ stack }) => stack);
}

/** Reads what the states protect. One that cannot be read may hold anything. */
export async function readUserStacks(
  stacks: readonly UserStack[],
  readState: (stack: string) => Promise<StackState | undefined>,
): Promise<StackToRemove[]> {
  const found: StackToRemove[] = [];
  // One after the other: each is a process of the CLI's.
  for (const { stack, mayBeProtected } of stacks) {
    const protectedResources = await readState(stack).then(
      (state) => state?.protectedResources ?? [],
      (error: unknown) => (mayBeProtected ? [describeUnreadable(error)] : []),
    );
    found.push({ stack, protectedResources });
  }
  return found;
}

async function findUserStacks(command: CommandContext, cluster: ClusterStatus, hasCli: boolean): Promise<UserStack[]> {
  const { stack, checkout } = command.options;
  const records = await listDeployedTo(projectState(command.environment), checkout);
  const here = stacksOnCluster(records, cluster.context, await readUid(cluster));
  const found = here.map((name) => ({ stack: name, mayBeProtected: true }));
  // Deployed by other means than ours, to wherever that may be: nothing but its state and configuration can tell.
  const isUnknown = hasCli && !records.some((record) => record.stack === stack);
  return isUnknown ? [...found, { stack, mayBeProtected: await configProtects(command) }] : found;
}

async function readUid({ state, kubeconfigPath, context }: ClusterStatus): Promise<string | undefined> {
  if (state !== 'running') return undefined;
  return readClusterUid(loadKubeConfig({ kubeconfigPath, context })).catch(() => undefined);
}

function configProtects({ options }: CommandContext): Promise<boolean> {
  return readStackConfigFile(options.configFile, options.stack, options.checkout).then(
    ({ deletionProtection }) => deletionProtection,
    () => true,
  );
}

async function createReader(command: CommandContext, { stateDirectory }: ClusterStatus) {
  const engine = await prepareEngine(command);
  return async (stack: string): Promise<StackState | undefined> => {
    const place = { kubeconfig: devNull, stateDirectory };
    const { state } = await openStack({ ...command, options: { ...command.options, stack } }, engine, place);
    return state;
  };
}

function refuseToRead(): Promise<never> {
  return Promise.reject(new Error('it is in the backend of your own Pulumi CLI, which is not on PATH'));
}

function describeUnreadable(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `a state that cannot be read (${text.replaceAll(/\s*\n\s*/g, ' ')})`;
}
