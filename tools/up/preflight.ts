import { checkHost } from '../cluster/checkHost.ts';
import { clusterStatus } from '../cluster/clusterStatus.ts';
import { requireUiPortFree } from '../gateway/gatewayProcess.ts';
import { requireReachable } from '../kube/connection.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { findUserPulumi } from '../toolchain/userPulumi.ts';
import { requirePassphrase } from './backend.ts';
import type { CommandContext } from './commandContext.ts';
import { requireLocalImages } from './localImages.ts';
import { readStackConfigFile } from './stackConfigFile.ts';
import { contextTarget } from './target.ts';

/**
 * Finds what would stop `up` half-way before anything is built, started or changed: the configuration, the engine, the
 * machine or the cluster, and the ports that were asked for.
 * @throws the first of them that is wrong.
 */
export async function preflight(command: CommandContext): Promise<void> {
  const { options, environment } = command;
  const config = await readStackConfigFile(options.configFile, options.stack);
  await checkEngine(command);
  if (options.context === undefined) {
    requireLocalImages(config);
    await checkHost({ name: options.cluster, checkout: options.checkout, environment, apiPort: options.apiPort });
  } else {
    await requireReachable((await contextTarget(options.context, options.checkout, environment)).kube);
  }
  if (options.uiPort !== undefined) await requireUiPortFree(options.uiPort, await gatewayState(command));
}

/** Checks the engine's version and, for an engine of ours, the passphrase. */
export async function checkEngine({ environment, options }: CommandContext): Promise<void> {
  const user = await findUserPulumi(environment, defaultCacheDirectory(environment));
  if (user === undefined) requirePassphrase(options.stack, environment);
}

async function gatewayState({ options, environment }: CommandContext): Promise<string> {
  const { context, cluster: name, checkout } = options;
  if (context !== undefined) return (await contextTarget(context, checkout, environment)).stateDirectory;
  return (await clusterStatus({ name, checkout, environment })).stateDirectory;
}
