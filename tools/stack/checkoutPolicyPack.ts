import { join } from 'node:path';
import { packConfiguration, type PackConfiguration } from '../../policies/pulumi/packConfiguration.ts';
import { loadPolicyConfiguration } from '../policyConfiguration/loadPolicyConfiguration.ts';
import type { UpOptions } from './options.ts';
import { readStackConfigFile } from './stackConfigFile.ts';

/** A policy pack as the engine is given it. */
export interface ActivePolicyPack {
  readonly directory: string;
  /** How its rules are applied. Without it, each is as the pack has it. @throws PolicyConfigurationError */
  readonly configuration?: () => Promise<PackConfiguration>;
}

/** The pack of a checkout with what its `policy.yaml` says for a stack, so that a deployment is held to what a pull request is. */
export function checkoutPolicyPack({
  checkout,
  stack,
  configFile,
}: Pick<UpOptions, 'checkout' | 'stack' | 'configFile'>): ActivePolicyPack {
  return {
    directory: join(checkout, 'policies'),
    configuration: async () => {
      const { environment } = await readStackConfigFile(configFile, stack, checkout);
      const { configuration } = loadPolicyConfiguration(checkout);
      return packConfiguration(configuration, environment);
    },
  };
}
