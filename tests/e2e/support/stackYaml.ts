import { stringify } from 'yaml';

/**
 * A stack's configuration file: what every one must say of the provider, and some keys of ours.
 *
 * @param keys - Keys without their namespace.
 * @param others - What else stands below `config:`.
 */
export function stackYaml(
  keys: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, unknown>> = {},
): string {
  return stringify({
    config: {
      'kubernetes:enableConfigMapMutable': 'true',
      'kubernetes:enableSecretMutable': 'true',
      ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`tracewright:${key}`, value])),
      ...others,
    },
  });
}
