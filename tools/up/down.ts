import { existsSync } from 'node:fs';
import { clusterStatus } from '../cluster/clusterStatus.ts';
import { requireReachable } from '../kube/connection.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { findUserPulumi } from '../toolchain/userPulumi.ts';
import { requireConfirmation, type CommandContext } from '../stack/commandContext.ts';
import { OptionError } from '../stack/options.ts';
import { prepareEngine } from '../stack/prepareEngine.ts';
import { ProtectedStackError, requireDeletable } from './deletionProtection.ts';
import { forgetDeployment, openStackAlone, trustState } from './deployStack.ts';
import { destroyStack } from './destroyStack.ts';
import { deleteExample } from './example.ts';
import { stopStackGateway } from './gateways.ts';
import { findLocalCluster, removeLocalCluster } from './localCluster.ts';
import { readLocalStacks } from './localStacks.ts';
import { lockDeletable } from './lockDeletable.ts';
import { lockDeployment } from './lockDeployment.ts';
import { removeOutputsFile } from './outputsFile.ts';
import { checkEngine } from './preflight.ts';
import { contextTarget, localTarget, type Target } from './target.ts';

/** What `down` removed. */
export interface DownResult {
  readonly context: string;
  readonly stackDestroyed: boolean;
  readonly clusterRemoved: boolean;
  /** Why your backend still has the stack, where the cluster went without it. */
  readonly stackLeft?: string;
}

/** What is to be deleted from a cluster cannot be, because it does not run. */
export class ClusterStoppedError extends Error {
  override readonly name = 'ClusterStoppedError';

  constructor(cluster: string) {
    super(
      `local cluster ${cluster} does not run, but its data are there: nothing can be deleted from it. Start it ` +
        `(npm run cluster -- up --name ${cluster}) and run this again, or remove it as a whole, without --keep-cluster. ` +
        'Nothing was removed.',
    );
  }
}

/**
 * Removes what `up` made. The local cluster goes as a whole, with all that is in it; `keepCluster` and a cluster of the
 * user's keep everything but the stack and the example. What deletion protection keeps goes only where it is named.
 * @throws ProtectedStackError before anything is removed.
 */
export async function down(command: CommandContext, keepCluster: boolean): Promise<DownResult> {
  const { options, environment } = command;
  await requireConfirmation(command, 'Remove tracing and the checkout example');
  await using _lock = await lockDeployment(options, environment);
  if (options.context !== undefined) return await removeFromContext(command, options.context);
  return await removeLocal(command, keepCluster);
}

async function removeFromContext(command: CommandContext, context: string): Promise<DownResult> {
  const target = await contextTarget(context, command.options.checkout, command.environment);
  await requireReachable(target.kube);
  return { context, stackDestroyed: await remove(command, target), clusterRemoved: false };
}

async function removeLocal(command: CommandContext, keepCluster: boolean): Promise<DownResult> {
  const { options, environment } = command;
  const cluster = await clusterStatus({ name: options.cluster, checkout: options.checkout, environment });
  const { context, stateDirectory } = cluster;
  const running = await findLocalCluster(options, environment);
  const target = running === undefined ? undefined : localTarget(running);
  const exists = existsSync(stateDirectory);
  if (keepCluster) {
    if (target === undefined && exists) throw new ClusterStoppedError(options.cluster);
    const stackDestroyed = target === undefined ? false : await remove(command, target);
    return { context, stackDestroyed, clusterRemoved: false };
  }
  await using _locks = await lockDeletable({
    ...options,
    read: () => readLocalStacks(command, cluster),
    lock: (stack) => lockDeployment({ ...options, stack }, environment),
  });
  const backendIsUsers = (await findUserPulumi(environment, defaultCacheDirectory(environment))) !== undefined;
  // An engine of ours keeps its state in the cluster's directory and goes with it; the user's own backend has to be told.
  const removed =
    backendIsUsers && target !== undefined ? await removeStack(command, target) : { stackDestroyed: false };
  await command.phases.run('cluster', (report) => removeLocalCluster(command, report));
  return { context, ...removed, clusterRemoved: exists };
}

/**
 * A cluster that goes as a whole takes the stack's objects with it, so that a stack which cannot be destroyed (its state
 * describes another cluster, or this one is broken) does not hold it up. That no protected data go with it is known by now.
 */
async function removeStack(
  command: CommandContext,
  target: Target,
): Promise<Pick<DownResult, 'stackDestroyed' | 'stackLeft'>> {
  const { options, abort } = command;
  // The other stacks that were named go with the cluster, not with this one.
  const deleteData = options.deleteData.filter((name) => name === options.stack);
  try {
    return { stackDestroyed: await remove({ ...command, options: { ...options, deleteData } }, target) };
  } catch (error) {
    if (abort.signal.aborted || error instanceof ProtectedStackError || error instanceof OptionError) throw error;
    return { stackDestroyed: false, stackLeft: error instanceof Error ? error.message : String(error) };
  }
}

/** Deletes the example and the stack. @returns false where there is no such stack. */
async function remove(command: CommandContext, target: Target): Promise<boolean> {
  const { stack: name, deleteData } = command.options;
  const { stateDirectory } = target;
  await checkEngine(command);
  const prepared = { engine: await prepareEngine(command), target };
  return command.phases.run('stack', async (report) => {
    const { engine, state } = await openStackAlone(command, prepared, report);
    await trustState(command, prepared, { state });
    const protectedResources = state?.protectedResources ?? [];
    requireDeletable([{ stack: name, protectedResources }], deleteData);
    await stopStackGateway(stateDirectory, name);
    await command.phases.run('example', (reportExample) => deleteExample(target.kube, name, reportExample));
    if (state === undefined) return false;
    const isProtected = protectedResources.length > 0;
    await destroyStack({ engine, stack: name, isProtected, report, signal: command.abort.signal });
    await removeOutputsFile(stateDirectory, name);
    await forgetDeployment(command, prepared);
    return true;
  });
}
