import { devNull } from 'node:os';
import { pathToFileURL } from 'node:url';
import { requireReachable } from '../kube/connection.ts';
import type { ReportDetail } from '../console/phases.ts';
import { loadPolicyConfiguration } from '../policyConfiguration/loadPolicyConfiguration.ts';
import { withTemporaryDirectory } from '../process/temporaryDirectory.ts';
import type { Engine } from '../toolchain/engine.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { hasPassphrase } from '../stack/backend.ts';
import { requireOwnIndexPrefix } from '../stack/indexPrefixes.ts';
import { openStack } from '../stack/openStack.ts';
import { prepareEngine } from '../stack/prepareEngine.ts';
import { readStackConfigFile } from '../stack/stackConfigFile.ts';
import type { StackPreview } from '../stack/stackEngine.ts';
import { trustState } from './deployStack.ts';
import { checkEngine } from './preflight.ts';
import { findTarget } from './target.ts';

/** Previews the stack under the policy pack and changes nothing. What does not exist yet is previewed as all new. */
export async function preview(command: CommandContext): Promise<StackPreview> {
  const { configFile, stack, checkout } = command.options;
  const config = await readStackConfigFile(configFile, stack, checkout);
  loadPolicyConfiguration(checkout);
  await requireOwnIndexPrefix(config, command.options);
  const target = await findTarget(command.options, command.environment);
  // What is all new and holds no secret is previewed under a passphrase that is thrown away with it.
  await checkEngine(command, target !== undefined || config.elasticsearchPassword !== undefined);
  const engine = await prepareEngine(command);
  if (target !== undefined) await requireReachable(target.kube);
  return command.phases.run('preview', async (report) => {
    if (target === undefined) return previewNew(command, engine, devNull, report);
    return withTemporaryDirectory('preview', async (projectDirectory) => {
      // An `up` may run meanwhile, and reads the configuration beside the state.
      const stack = await openStack(command, engine, { ...target, projectDirectory });
      if (stack.state === undefined) return previewNew(command, engine, target.kubeconfig, report);
      return stack.engine.preview(report, await trustState(command, { engine, target }, stack));
    });
  });
}

/** Previews in a backend that is thrown away, so that no stack comes to be that nobody asked for. */
async function previewNew(
  command: CommandContext,
  engine: Engine,
  kubeconfig: string,
  report: ReportDetail,
): Promise<StackPreview> {
  const passphrase = hasPassphrase(command.environment) ? {} : { PULUMI_CONFIG_PASSPHRASE: 'thrown away' };
  return withTemporaryDirectory('preview', async (stateDirectory) => {
    const backend = { PULUMI_BACKEND_URL: pathToFileURL(stateDirectory).href };
    const environment = { ...command.environment, ...backend, ...passphrase };
    const stack = await openStack({ ...command, environment }, engine, { kubeconfig, stateDirectory, throwAway: true });
    await stack.create();
    return stack.engine.preview(report, false);
  });
}
