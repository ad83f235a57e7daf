import { requireReachable } from '../kube/connection.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { findUserPulumi } from '../toolchain/userPulumi.ts';
import { requireConfirmation, type CommandContext } from './commandContext.ts';
import { destroyStack, requireTrustedState } from './deployStack.ts';
import { deleteExample } from './example.ts';
import { stopGateway } from '../gateway/gatewayProcess.ts';
import { gatewayDirectory } from './gateways.ts';
import { findLocalCluster, removeLocalCluster } from './localCluster.ts';
import { lockDeployment } from './lockDeployment.ts';
import { checkEngine } from './preflight.ts';
import { prepareEngine } from './prepare.ts';
import { contextTarget, localTarget, type Target } from './target.ts';

/** What `down` removed. */
export interface DownResult {
  readonly context: string;
  readonly stackDestroyed: boolean;
  readonly clusterRemoved: boolean;
  /** Why your backend still has the stack, where the cluster went without it. */
  readonly stackLeft?: string;
}

/**
 * Removes what `up` made. The local cluster goes as a whole, with all that is in it; `keepCluster` and a cluster of the
 * user's keep everything but the stack and the example.
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
  const cluster = await findLocalCluster(options, environment);
  // An engine of ours keeps its state in the cluster's directory and goes with it; the user's own backend has to be told.
  const backendIsUsers = (await findUserPulumi(environment, defaultCacheDirectory(environment))) !== undefined;
  const wanted = cluster !== undefined && (keepCluster || backendIsUsers);
  const removed = wanted ? await removeStack(command, localTarget(cluster), keepCluster) : { stackDestroyed: false };
  if (!keepCluster) await command.phases.run('cluster', (report) => removeLocalCluster(command, report));
  return { context: cluster?.context ?? `tracewright-${options.cluster}`, ...removed, clusterRemoved: !keepCluster };
}

/**
 * A cluster that goes as a whole takes the stack's objects with it, so that a stack which cannot be destroyed (its state
 * describes another cluster, or this one is broken) does not hold it up.
 */
async function removeStack(
  command: CommandContext,
  target: Target,
  keepCluster: boolean,
): Promise<Pick<DownResult, 'stackDestroyed' | 'stackLeft'>> {
  try {
    return { stackDestroyed: await remove(command, target) };
  } catch (error) {
    if (keepCluster || command.abort.signal.aborted) throw error;
    return { stackDestroyed: false, stackLeft: error instanceof Error ? error.message : String(error) };
  }
}

/** Deletes the example and the stack. @returns false where there is no such stack. */
async function remove(command: CommandContext, target: Target): Promise<boolean> {
  await checkEngine(command);
  const engine = await prepareEngine(command);
  await requireTrustedState(command, { engine, target });
  await stopGateway(gatewayDirectory(target.stateDirectory, command.options.stack));
  await command.phases.run('example', (report) => deleteExample(target.kube, command.options.stack, report));
  return destroyStack(command, { engine, target });
}
