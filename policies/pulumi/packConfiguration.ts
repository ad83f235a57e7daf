import type { PolicyConfiguration } from '../configuration/resolveSettings.ts';
import { rulesPolicyName, type RulesPolicyConfiguration } from './rulesPolicy.ts';

/** What the engine is told of the pack, in the form that `pulumi preview --policy-pack-config` takes: policies by name. */
export type PackConfiguration = Readonly<Record<typeof rulesPolicyName, RulesPolicyConfiguration>>;

/** What a configuration file says, for the engine. @param environment - Of the stack that is previewed or deployed. */
export function packConfiguration(configuration: PolicyConfiguration, environment: string): PackConfiguration {
  return { [rulesPolicyName]: { ...configuration, environment } };
}
