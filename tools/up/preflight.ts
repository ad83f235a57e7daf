import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import { checkHost } from '../cluster/checkHost.ts';
import { clusterStatus } from '../cluster/clusterStatus.ts';
import { requireReachable } from '../kube/connection.ts';
import { loadPolicyConfiguration } from '../policyConfiguration/loadPolicyConfiguration.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { findUserPulumi } from '../toolchain/userPulumi.ts';
import { requirePassphrase } from '../stack/backend.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { requireOwnIndexPrefix } from '../stack/indexPrefixes.ts';
import { readStackConfigFile } from '../stack/stackConfigFile.ts';
import { requireGatewayPortFree, requirePagePortFree } from './gateways.ts';
import { requireKubernetesVersion } from './kubernetesVersion.ts';
import { requireLocalImages } from './localImages.ts';
import { requireOutputsFile } from './outputsFile.ts';
import { contextTarget } from './target.ts';

/**
 * Finds what would stop `up` half-way before anything is built, started or changed: the configuration, the engine, the
 * machine or the cluster, and the ports that were asked for.
 * @returns the configuration.
 * @throws the first of them that is wrong.
 */
export async function preflight(command: CommandContext): Promise<StackConfig> {
  const { options, environment } = command;
  const config = await readStackConfigFile(options.configFile, options.stack, options.checkout);
  loadPolicyConfiguration(options.checkout);
  await requireOwnIndexPrefix(config, options);
  if (options.outputsFile !== undefined) requireOutputsFile(options.outputsFile);
  await checkEngine(command);
  if (options.context === undefined) {
    requireLocalImages(config);
    await checkHost({ name: options.cluster, checkout: options.checkout, environment, apiPort: options.apiPort });
  } else {
    const { kube } = await contextTarget(options.context, options.checkout, environment);
    await requireReachable(kube);
    await requireKubernetesVersion(kube);
  }
  const { uiPort, pagePort, stack } = options;
  if (uiPort !== undefined) await requireGatewayPortFree(uiPort, await stateDirectoryOf(command), stack);
  if (pagePort !== undefined) await requirePagePortFree(pagePort, await stateDirectoryOf(command), stack);
  return config;
}

/** Checks the engine's version and, for an engine of ours, the passphrase, unless none is needed. */
export async function checkEngine({ environment, options }: CommandContext, needsPassphrase = true): Promise<void> {
  const user = await findUserPulumi(environment, defaultCacheDirectory(environment));
  if (user === undefined && needsPassphrase) requirePassphrase(options.stack, environment);
}

async function stateDirectoryOf({ options, environment }: CommandContext): Promise<string> {
  const { context, cluster: name, checkout } = options;
  const { stateDirectory } =
    context === undefined
      ? await clusterStatus({ name, checkout, environment })
      : await contextTarget(context, checkout, environment);
  return stateDirectory;
}
