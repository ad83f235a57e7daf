import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { listWorkloads, type WorkloadStatus } from '../kube/workloads.ts';
import { requireConfirmation, type CommandContext } from './commandContext.ts';
import { definedOnly, openStack } from './openStack.ts';
import { applyExample, applyExampleDatabases, exampleNamespace, type ExampleOptions } from './example.ts';
import { ensureGateway, hasJaegerUi, type RunningGateway } from '../gateway/gatewayProcess.ts';
import { lockDeployment } from './lockDeployment.ts';
import { checkEngine, prepare, type Prepared } from './prepare.ts';
import { readStackOutputs } from './readStackOutputs.ts';
import { readTrace, servicesOf } from './readTrace.ts';
import { readStackConfigFile } from './stackConfigFile.ts';
import { releaseStaleLock } from './staleLock.ts';
import type { Summary } from './summary.ts';
import type { Target } from './target.ts';
import { requestExample, sendLocalTrace, type SentTrace } from './traceRequest.ts';

const traceTimeoutSeconds = 60;

/** From whatever there is to a trace that was read back: heals, builds and starts only what is missing. */
export async function up(command: CommandContext): Promise<Summary> {
  const { options, environment } = command;
  await readStackConfigFile(options.configFile, options.stack);
  await checkEngine(command);
  await requireConfirmation(command, 'Deploy tracing and the checkout example');
  await using _lock = await lockDeployment(options, environment);
  const prepared = await prepare(command);
  const deployed = await deploy(command, prepared);
  const { target } = prepared;
  const gateway = await command.phases.run('gateway', () => openGateway(command, target, deployed.outputs.namespace));
  const sent = await runExample(command, target, deployed.outputs);
  const trace = await command.phases.run('trace', (report) =>
    readTrace(gateway.url, sent.traceId, sent.spanCount, traceTimeoutSeconds, report),
  );
  return {
    namespace: deployed.outputs.namespace,
    kubeconfig: target.kubeconfig,
    workloads: await listAll(target, [deployed.outputs.namespace, ...(sent.deployed ? [exampleNamespace] : [])]),
    result: {
      stack: options.stack,
      context: target.context,
      changed: deployed.changed,
      outputs: { ...deployed.outputs },
      traceId: sent.traceId,
      spanCount: trace.spans.length,
      services: servicesOf(trace),
      traceUrl: `${gateway.url}/trace/${sent.traceId}`,
      uiUrl: gateway.url,
      apiUrl: `${gateway.url}/api`,
      jaegerUi: await hasJaegerUi(gateway),
      phases: command.phases.seconds(),
    },
  };
}

interface Deployed {
  readonly changed: boolean;
  readonly outputs: TracingStackOutputs;
}

/** Previews under the policy pack, so that a breach stops everything before anything changes, and updates what differs. */
async function deploy(command: CommandContext, { target, engine }: Prepared): Promise<Deployed> {
  return command.phases.run('stack', async (report) => {
    const stack = await openStack(command, engine, target);
    if (engine.own) await releaseStaleLock(stack, target.stateDirectory, report);
    const { changes } = await stack.preview(report);
    // A user's backend may remember objects of an earlier local cluster: only a refresh learns that they are gone.
    const forgotten = target.local && !engine.own;
    if (changes > 0 || forgotten) await stack.update(report, forgotten);
    return { changed: changes > 0, outputs: readStackOutputs(await stack.outputs()) };
  });
}

async function openGateway(command: CommandContext, target: Target, namespace: string): Promise<RunningGateway> {
  const { options, environment } = command;
  return ensureGateway({
    stateDirectory: target.stateDirectory,
    context: target.context,
    namespace,
    environment: { ...definedOnly(environment), KUBECONFIG: target.kubeconfig },
    ...(options.uiPort === undefined ? {} : { port: options.uiPort }),
  });
}

/** One real request through the example in the cluster or, where its image cannot be had, a trace sent from here. */
async function runExample(
  { phases, options }: CommandContext,
  target: Target,
  outputs: TracingStackOutputs,
): Promise<SentTrace> {
  if (!target.local && options.exampleImage === undefined) {
    return phases.run('request', () => sendLocalTrace(target.kube, outputs));
  }
  const example: ExampleOptions = {
    kube: target.kube,
    checkout: options.checkout,
    stack: options.stack,
    ...(options.exampleImage === undefined ? {} : { image: options.exampleImage }),
  };
  await phases.run('example', async (report) => {
    await applyExampleDatabases(example);
    await applyExample(example, outputs.environment, report);
  });
  return phases.run('request', () => requestExample(target.kube));
}

async function listAll(
  { kube }: Target,
  namespaces: readonly string[],
): Promise<(WorkloadStatus & { namespace: string })[]> {
  const lists = namespaces.map(async (namespace) =>
    (await listWorkloads(kube, namespace)).map((workload) => ({ ...workload, namespace })),
  );
  return (await Promise.all(lists)).flat();
}
