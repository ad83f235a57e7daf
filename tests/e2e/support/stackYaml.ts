import { stringify } from 'yaml';

/**
 * What stands below `config:` of a stack: what every one must say of the provider, and some keys of ours.
 *
 * @param keys - Keys without their namespace.
 */
export function stackConfig(keys: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    'kubernetes:enableConfigMapMutable': 'true',
    'kubernetes:enableSecretMutable': 'true',
    ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`tracewright:${key}`, value])),
  };
}

/** A stack's configuration file with {@link stackConfig}. */
export function stackYaml(keys: Readonly<Record<string, unknown>>): string {
  return stringify({ config: stackConfig(keys) });
}
