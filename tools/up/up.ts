import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import { ensureGateway, hasJaegerUi, type RunningGateway } from '../gateway/gatewayProcess.ts';
import { queryTarget } from '../gateway/gatewayTarget.ts';
import { listWorkloadsOf } from '../kube/listWorkloads.ts';
import { describePlaced } from '../kube/workload.ts';
import { requireConfirmation, type CommandContext } from '../stack/commandContext.ts';
import { definedOnly } from '../stack/openStack.ts';
import { stackNamespaces } from '../stack/stackNamespaces.ts';
import { listStackProblems } from './clusterProblems.ts';
import { deployStack, type Deployed } from './deployStack.ts';
import { exampleNamespace, requireExampleNamespace } from './example.ts';
import { gatewayDirectory, stopFormerGateway } from './gateways.ts';
import { lockDeployment } from './lockDeployment.ts';
import { defaultOutputsFile, writeOutputsFile } from './outputsFile.ts';
import { preflight } from './preflight.ts';
import { prepare } from './prepare.ts';
import { servicesOf } from './readTrace.ts';
import { deploysExample, showTrace, type ShownTrace } from './showTrace.ts';
import type { Summary, UpResult } from './summary.ts';
import type { Target } from './target.ts';

/** From whatever there is to a trace that was read back: heals, builds and starts only what is missing. */
export async function up(command: CommandContext): Promise<Summary> {
  const config = await preflight(command);
  const { example } = command.options;
  await requireConfirmation(command, example ? 'Deploy tracing and the checkout example' : 'Deploy tracing');
  await using _lock = await lockDeployment(command.options, command.environment);
  const prepared = await prepare(command, config);
  const { target } = prepared;
  if (deploysExample(command, target)) await requireExampleNamespace(target.kube, command.options.stack);
  const namespaces = stackNamespaces(config);
  const deployed = await deployStack(command, prepared, namespaces, config);
  const outputsFile = command.options.outputsFile ?? defaultOutputsFile(target.stateDirectory, command.options.stack);
  writeOutputsFile(outputsFile, deployed.outputs);
  const gateway = await command.phases.run('gateway', () => openGateway(command, target, deployed.outputs));
  const shown = await showTrace(command, target, deployed.outputs, gateway, namespaces);
  return await summarize(command, target, { ...deployed, outputsFile }, gateway, shown);
}

async function openGateway(
  { options, environment }: CommandContext,
  target: Target,
  { namespace, query }: TracingStackOutputs,
): Promise<RunningGateway> {
  await stopFormerGateway(target.stateDirectory);
  return ensureGateway({
    target: queryTarget,
    stateDirectory: gatewayDirectory(target.stateDirectory, options.stack),
    context: target.context,
    namespace,
    basePath: new URL(query.url).pathname.replace(/\/$/, ''),
    environment: { ...definedOnly(environment), KUBECONFIG: target.kubeconfig },
    ...(options.uiPort === undefined ? {} : { port: options.uiPort }),
  });
}

async function summarize(
  { options, phases }: CommandContext,
  target: Target,
  { changed, outputs, outputsFile }: Deployed & Pick<UpResult, 'outputsFile'>,
  gateway: RunningGateway,
  { sent, trace, pageUrl }: ShownTrace,
): Promise<Summary> {
  const { namespace } = outputs;
  const own = stackNamespaces(outputs);
  const workloads = await listWorkloadsOf(target.kube, [...own, ...(sent.deployed ? [exampleNamespace] : [])]);
  const { problems, warnings } = await listStackProblems(target.kube, own, workloads);
  return {
    namespace,
    kubeconfig: target.kubeconfig,
    workloads,
    result: {
      stack: options.stack,
      context: target.context,
      changed,
      outputs: { ...outputs },
      warnings: [...problems, ...warnings].map(describePlaced),
      outputsFile,
      traceId: sent.traceId,
      spanCount: trace.spans.length,
      services: servicesOf(trace),
      traceUrl: `${gateway.url}/trace/${sent.traceId}`,
      uiUrl: gateway.url,
      apiUrl: `${gateway.url}/api`,
      ...(pageUrl === undefined ? {} : { pageUrl }),
      jaegerUi: await hasJaegerUi(gateway),
      phases: phases.seconds(),
    },
  };
}
