import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import type { ReportDetail } from '../console/phases.ts';
import { listWorkloadsOf } from '../kube/listWorkloads.ts';
import { whileWatching } from '../kube/whileWatching.ts';
import type { PlacedWorkload } from '../kube/workload.ts';
import { waitForWorkloads } from '../kube/waitForRollout.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { openStack, type OpenStack } from '../stack/openStack.ts';
import type { StackState } from '../stack/stackEngine.ts';
import { foreseeProblems } from './clusterProblems.ts';
import {
  judgeState,
  readClusterUid,
  readDeployedTo,
  removeDeployedTo,
  writeDeployedTo,
  type DeployedTo,
} from './deployedTo.ts';
import { sayingFailedChecks } from './failedCheck.ts';
import { requireOwnNamespaces } from './ownNamespaces.ts';
import type { Prepared } from './prepare.ts';
import { requireMonitoringCrds } from './monitoringCrds.ts';
import { requirePriorityClass } from './priorityClass.ts';
import { readStackOutputs } from './readStackOutputs.ts';
import { releaseStaleLock } from './staleLock.ts';
import { projectState } from './target.ts';

const readySeconds = 240;

/** What a deployment came to. */
export interface Deployed {
  /** Whether anything had to be changed. */
  readonly changed: boolean;
  readonly outputs: TracingStackOutputs;
}

/**
 * Previews under the policy pack, so that a breach stops everything before anything changes, updates what differs, and
 * waits until every workload is ready, saying meanwhile what the late ones wait for.
 * @param namespaces - Those of the stack.
 * @param config - Says whether the stack is to be protected, and what it asks of the cluster.
 * @throws NamespaceTakenError, ForeignNamespaceError, UnknownPriorityClassError, MissingMonitoringCrdsError before anything; StackError,
 * PolicyNotEvaluatedError, OtherClusterError, FailedCheckError, RolloutTimeoutError
 */
export async function deployStack(
  command: CommandContext,
  prepared: Prepared,
  namespaces: readonly string[],
  config: Pick<
    StackConfig,
    'deletionProtection' | 'priorityClassName' | 'collector' | 'query' | 'monitoring' | 'network'
  >,
): Promise<Deployed> {
  return command.phases.run('stack', async (report, wait) => {
    const { kube } = prepared.target;
    const { signal } = command.abort;
    const stack = await openStackAlone(command, prepared, report);
    const refresh = await trustState(command, prepared, stack);
    await requireOwnNamespaces(kube, namespaces, command.options.stack, stack.state?.namespaces ?? []);
    await requirePriorityClass(kube, config);
    for (const hint of await requireMonitoringCrds(kube, config)) report(`hint: ${hint}`);
    for (const problem of await foreseeProblems(kube, config)) report(`warning: ${problem}`);
    if (stack.state === undefined) await stack.create();
    const { changes } = await stack.engine.preview(report, refresh);
    // Before the update: one that is cut short has left objects in this cluster too.
    await rememberCluster(command, prepared);
    const update = changes > 0 || protectionDiffers(config, stack.state);
    // The engine itself says only that it waits, for as long as ten minutes.
    const look = (): Promise<PlacedWorkload[]> => listWorkloadsOf(kube, namespaces);
    const change = (): Promise<void> => whileWatching({ look, wait }, () => stack.engine.update(report, refresh));
    if (update) await sayingFailedChecks(kube, namespaces, change);
    const outputs = readStackOutputs(await stack.engine.outputs());
    for (const namespace of namespaces) await waitForWorkloads(kube, namespace, readySeconds, wait, signal);
    wait(undefined);
    return { changed: update, outputs };
  });
}

/**
 * Whether a stack is protected and should not be, or the other way round, as after a removal that did not end. A preview
 * does not count that as a change (Pulumi 3.160 `pkg/backend/snapshot.go`: a step of kind `same` writes it).
 */
export function protectionDiffers(
  { deletionProtection }: Pick<StackConfig, 'deletionProtection'>,
  state: Pick<StackState, 'protectedResources'> | undefined,
): boolean {
  return state !== undefined && deletionProtection !== state.protectedResources.length > 0;
}

/** Opens the stack for a change: what a killed update left is put right first. Needs the deployment's lock. */
export async function openStackAlone(
  command: CommandContext,
  { engine, target }: Prepared,
  report: ReportDetail,
): Promise<OpenStack> {
  const { stateDirectory } = target;
  const { stack } = command.options;
  const { signal } = command.abort;
  return openStack(command, engine, target, async (opened) => {
    if (!engine.own) return;
    await releaseStaleLock({ stateDirectory, stack, cancel: () => opened.cancel(), report, signal });
  });
}

/**
 * Whether the stack's state may be compared with the cluster.
 * @throws OtherClusterError where it describes another one.
 */
export async function trustState(
  command: CommandContext,
  prepared: Prepared,
  { state }: Pick<OpenStack, 'state'>,
): Promise<boolean> {
  const { stack, forgetCluster, checkout } = command.options;
  // The state of an engine of ours lies in the local cluster's own directory: it describes no other.
  if (forgetCluster || (prepared.engine.own && prepared.target.local)) return true;
  const asked = await describeTarget(prepared);
  const known = await readDeployedTo(projectState(command.environment), checkout, recordName(command, prepared));
  return judgeState({ stack, asked, known, resources: state?.resources ?? 0 }) === 'refresh';
}

async function rememberCluster(command: CommandContext, prepared: Prepared): Promise<void> {
  const { stack, checkout } = command.options;
  const record = { stack, ...(await describeTarget(prepared)) };
  await writeDeployedTo(projectState(command.environment), checkout, recordName(command, prepared), record);
}

/** Forgets where a stack was deployed to that has been destroyed. */
export async function forgetDeployment(command: CommandContext, prepared: Prepared): Promise<void> {
  const { checkout } = command.options;
  await removeDeployedTo(projectState(command.environment), checkout, recordName(command, prepared));
}

async function describeTarget({ target }: Prepared): Promise<DeployedTo> {
  return { context: target.context, local: target.local, clusterUid: await readClusterUid(target.kube) };
}

/** An engine of ours keeps a state for each context; a user's backend one for all. */
function recordName({ options }: CommandContext, { engine, target }: Prepared): string {
  return engine.own ? `${options.stack}.${target.context}` : options.stack;
}
