import { defaultLevel } from '../../../policies/configuration/resolveSettings.ts';
import type { KnownEnvironment, Rule } from '../../../policies/rule.ts';

const environments: readonly KnownEnvironment[] = ['dev', 'staging', 'prod'];

/** The level of a rule, and where an environment has another one: `mandatory; dev: disabled`. */
export function levelText(rule: Rule): string {
  const others = environments.filter((environment) => defaultLevel(rule, environment) !== rule.level);
  return [rule.level, ...others.map((environment) => `${environment}: ${defaultLevel(rule, environment)}`)].join('; ');
}
