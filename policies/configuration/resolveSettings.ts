import type { Exemption } from '../evaluation/exemption.ts';
import type { RuleSettings } from '../evaluation/finding.ts';
import type { Settings } from '../evaluation/evaluate.ts';
import { defaultParameters } from '../parameters.ts';
import type { KnownEnvironment, Level, Rule } from '../rule.ts';

/** The level of a rule, or its level and parameters. */
export type RuleConfiguration = Level | { readonly level?: Level; readonly [parameter: string]: unknown };

/** Rules by name. */
export type RuleConfigurations = Readonly<Record<string, RuleConfiguration>>;

/** An exemption of a file, which may be for some environments only. */
export interface ConfiguredExemption extends Exemption {
  readonly environments?: readonly string[];
}

/** A configuration file that has been validated by `configurationSchema`. */
export interface PolicyConfiguration {
  readonly rules?: RuleConfigurations | null;
  readonly environments?: Readonly<Record<string, { readonly rules?: RuleConfigurations | null } | null>> | null;
  readonly exemptions?: readonly ConfiguredExemption[] | null;
}

/**
 * How each rule is applied in an environment. What is said later goes before what is said earlier: the rule itself, the rule for an
 * environment, the file, the file for the environment.
 */
export function resolveSettings(
  rules: readonly Rule[],
  configuration: PolicyConfiguration,
  environment: string,
): Settings {
  const settings = new Map(rules.map((rule) => [rule.name, settingsOf(rule, configuration, environment)]));
  return (rule) => settings.get(rule.name) ?? settingsOf(rule, configuration, environment);
}

/** The level of a rule in an environment that no configuration speaks of. */
export function defaultLevel({ level, levels = {} }: Rule, environment: string): Level {
  return isKnown(environment) ? (levels[environment] ?? level) : level;
}

function settingsOf(rule: Rule, configuration: PolicyConfiguration, environment: string): RuleSettings {
  const general = expanded(configuration.rules?.[rule.name]);
  const special = expanded(configuration.environments?.[environment]?.rules?.[rule.name]);
  const { level, ...parameters } = {
    level: defaultLevel(rule, environment),
    ...defaultParameters(rule.parameters),
    ...general,
    ...special,
  };
  const exemptions = (configuration.exemptions ?? []).filter(
    (exemption) =>
      exemption.rule === rule.name &&
      (exemption.environments === undefined || exemption.environments.includes(environment)),
  );
  return { level, parameters, exemptions };
}

function expanded(configuration: RuleConfiguration | undefined): { level?: Level; [parameter: string]: unknown } {
  return typeof configuration === 'string' ? { level: configuration } : { ...configuration };
}

function isKnown(environment: string): environment is KnownEnvironment {
  return environment === 'dev' || environment === 'staging' || environment === 'prod';
}
