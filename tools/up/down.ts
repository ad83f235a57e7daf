import { devNull } from 'node:os';
import { readBackendStacks } from '../cluster/clusterStacks.ts';
import { clusterStatus } from '../cluster/clusterStatus.ts';
import { requireReachable } from '../kube/connection.ts';
import { stopGateway } from '../gateway/gatewayProcess.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { findUserPulumi } from '../toolchain/userPulumi.ts';
import { requireConfirmation, type CommandContext } from './commandContext.ts';
import { ProtectedStackError, requireDeletable } from './deletionProtection.ts';
import { OtherClusterError, readDeployedTo } from './deployedTo.ts';
import { openStackAlone, trustState } from './deployStack.ts';
import { deleteExample } from './example.ts';
import { gatewayDirectory } from './gateways.ts';
import { findLocalCluster, removeLocalCluster } from './localCluster.ts';
import { lockDeployment } from './lockDeployment.ts';
import { openStack } from './openStack.ts';
import { OptionError } from './options.ts';
import { removeOutputsFile } from './outputsFile.ts';
import { checkEngine } from './preflight.ts';
import { prepareEngine } from './prepare.ts';
import { readStackConfigFile } from './stackConfigFile.ts';
import { contextTarget, localTarget, projectState, type Target } from './target.ts';

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
  const cluster = await findLocalCluster(options, environment);
  const context = cluster?.context ?? `tracewright-${options.cluster}`;
  const target = cluster === undefined ? undefined : localTarget(cluster);
  if (keepCluster) {
    const stackDestroyed = target === undefined ? false : await remove(command, target);
    return { context, stackDestroyed, clusterRemoved: false };
  }
  const stacks = await requireLocalDeletable(command);
  await using _locks = await lockOthers(command, stacks);
  const backendIsUsers = (await findUserPulumi(environment, defaultCacheDirectory(environment))) !== undefined;
  // An engine of ours keeps its state in the cluster's directory and goes with it; the user's own backend has to be told.
  const removed = backendIsUsers ? await removeStack(command, target) : { stackDestroyed: false };
  await command.phases.run('cluster', (report) => removeLocalCluster(command, report));
  return { context, ...removed, clusterRemoved: true };
}

/** Makes sure that every stack of the backend in a local cluster may go with it. @returns their names. */
async function requireLocalDeletable({ options, environment }: CommandContext): Promise<readonly string[]> {
  const { checkout, cluster: name, stack, deleteData } = options;
  const { stateDirectory } = await clusterStatus({ name, checkout, environment });
  const stacks = await readBackendStacks(stateDirectory);
  const names = stacks.map((found) => found.stack);
  const own = names.includes(stack) ? [] : [{ stack, protectedResources: [] }];
  requireDeletable([...stacks, ...own], deleteData);
  return names;
}

/** No other stack's `up` may run while the cluster goes. */
async function lockOthers(
  { options, environment }: CommandContext,
  stacks: readonly string[],
): Promise<AsyncDisposableStack> {
  await using locks = new AsyncDisposableStack();
  for (const stack of stacks.filter((name) => name !== options.stack))
    locks.use(await lockDeployment({ ...options, stack }, environment));
  return locks.move();
}

/**
 * A cluster that goes as a whole takes the stack's objects with it, so that a stack which cannot be destroyed (its state
 * describes another cluster, or this one is broken) does not hold it up; unless that could cost protected data.
 */
async function removeStack(
  command: CommandContext,
  target: Target | undefined,
): Promise<Pick<DownResult, 'stackDestroyed' | 'stackLeft'>> {
  try {
    if (target !== undefined) return { stackDestroyed: await remove(command, target) };
    await requireStoppedDeletable(command);
    return { stackDestroyed: false };
  } catch (error) {
    if (command.abort.signal.aborted || error instanceof ProtectedStackError || error instanceof OptionError)
      throw error;
    if (!(error instanceof OtherClusterError) && (await mayBeProtected(command))) throw error;
    return { stackDestroyed: false, stackLeft: error instanceof Error ? error.message : String(error) };
  }
}

/** A cluster that does not run still has its data: the user's backend alone says what protects them. */
async function requireStoppedDeletable(command: CommandContext): Promise<void> {
  const { checkout, cluster: name, stack, deleteData } = command.options;
  const { state, context, stateDirectory } = await clusterStatus({ name, checkout, environment: command.environment });
  const known = await readDeployedTo(projectState(command.environment), checkout, stack);
  if (state === 'absent' || known?.local !== true || known.context !== context) return;
  const opened = await openStack(command, await prepareEngine(command), { kubeconfig: devNull, stateDirectory });
  requireDeletable([{ stack, protectedResources: opened.state?.protectedResources ?? [] }], deleteData);
}

/** Whether a stack whose state could not be told may hold data that was not named. */
async function mayBeProtected({ options }: CommandContext): Promise<boolean> {
  if (options.deleteData.includes(options.stack)) return false;
  return readStackConfigFile(options.configFile, options.stack, options.checkout).then(
    ({ deletionProtection }) => deletionProtection,
    () => true,
  );
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
    await stopGateway(gatewayDirectory(stateDirectory, name));
    await command.phases.run('example', (reportExample) => deleteExample(target.kube, name, reportExample));
    if (state === undefined) return false;
    if (protectedResources.length > 0) await engine.unprotect();
    await engine.destroy(report);
    await removeOutputsFile(stateDirectory, name);
    return true;
  });
}
