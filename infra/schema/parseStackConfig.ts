import { configNamespace } from './configNamespace.ts';
import { problemsOf } from './configProblems.ts';
import { crossProblems } from './crossChecks.ts';
import { environmentDefaults, environments } from './environments.ts';
import { nearestTo } from './fields.ts';
import { indexPrefixOf, longestRetentionDays } from './indexPrefix.ts';
import { profileNames } from './profiles.ts';
import { stackConfigSchema, type StackConfig } from './stackConfigSchema.ts';
import { stackDefaults } from './stackDefaults.ts';
import { StackConfigError, type ConfigProblem } from './stackConfigError.ts';

/**
 * Checks the configuration of a stack and makes it whole with defaults. Needs no Pulumi engine.
 *
 * @param raw - The mapping under `config:` in `Pulumi.<stack>.yaml`, as it is: keys with their namespace
 *   (`tracewright:collector`); a key without one is the project's own; keys of other namespaces are left alone. A secret
 *   is `{ secure: … }`; its content is never looked at.
 * @param stack - Name of the stack; the index prefix is made of it where none is given.
 * @param known - Problems that were found before, to be reported with the others.
 * @throws {@link StackConfigError} with all problems at once.
 */
export function parseStackConfig(
  raw: Readonly<Record<string, unknown>>,
  stack: string,
  known: readonly ConfigProblem[] = [],
): StackConfig {
  const own: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [...known];
  for (const [key, value] of Object.entries(raw)) {
    const [namespace, name] = splitKey(key);
    if (namespace === configNamespace) own[name] = value;
    else if (nearestTo(namespace, [configNamespace]) !== undefined) {
      problems.push({ key, message: `has an unknown namespace; did you mean "${configNamespace}:${name}"?` });
    }
  }
  return parse(own, stack, [...problems, ...providerProblems(raw)], `${configNamespace}:`);
}

/** Without these, the provider replaces a ConfigMap or Secret whose data change, and pods lose the file for a while. */
function providerProblems(raw: Readonly<Record<string, unknown>>): ConfigProblem[] {
  return ['kubernetes:enableConfigMapMutable', 'kubernetes:enableSecretMutable'].flatMap((key) => {
    const value = raw[key];
    if (String(value) === 'true') return [];
    const message = "must be 'true', so that sampling strategies and passwords change in place";
    return [
      value === undefined ? { key, message: `is missing: ${message}` } : { key, value: JSON.stringify(value), message },
    ];
  });
}

/**
 * Checks arguments that a program gives to a component, by the same rules as {@link parseStackConfig}.
 *
 * @throws {@link StackConfigError} with all problems at once.
 */
export function parseStackArguments(args: Readonly<Record<string, unknown>>, stack: string): StackConfig {
  return parse(args, stack, [], '');
}

function parse(
  own: Readonly<Record<string, unknown>>,
  stack: string,
  known: readonly ConfigProblem[],
  prefix: string,
): StackConfig {
  const { environment, profile, missing } = chosenDefaults(own, stack, prefix);
  const defaults = stackDefaults(environment, profile);
  const parsed = stackConfigSchema(environment, profile, defaults).safeParse(own);
  const problems = [
    ...known,
    ...missing,
    ...(parsed.error?.issues ?? []).flatMap((issue) => problemsOf(issue, own, prefix)),
    ...crossProblems(own, environment, defaults, prefix),
  ];
  if (!parsed.success || problems.length > 0) throw new StackConfigError(stack, problems);
  const { storage, strategy, streaming, ingester, ...rest } = parsed.data;
  const indexPrefix = storage.indexPrefix ?? indexPrefixOf(stack);
  const tooLong = retentionProblems(storage.retentionDays, indexPrefix, prefix);
  if (tooLong.length > 0) throw new StackConfigError(stack, tooLong);
  const whole = { ...rest, storage: { ...storage, indexPrefix } };
  return strategy === 'direct' ? { ...whole, strategy } : { ...whole, strategy, streaming, ingester };
}

function retentionProblems(retentionDays: number, indexPrefix: string, prefix: string): ConfigProblem[] {
  const longest = longestRetentionDays(indexPrefix);
  if (retentionDays <= longest) return [];
  const message =
    `must be at most ${longest} with the index prefix "${indexPrefix}": Jaeger names the index of every day in one request, ` +
    'which Elasticsearch refuses when it is longer; a shorter prefix allows more days';
  return [{ key: `${prefix}storage.retentionDays`, value: String(retentionDays), message }];
}

/** Whose defaults are taken. Those of a wrong value are development's, so that the other keys are checked all the same. */
function chosenDefaults(own: Readonly<Record<string, unknown>>, stack: string, prefix: string) {
  const named = environments.find((name) => name === (own['environment'] ?? stack));
  const environment = named ?? 'dev';
  const profile = profileNames.find((name) => name === own['profile']) ?? environmentDefaults[environment].profile;
  const message = `is missing: stack "${stack}" is none of ${environments.join(', ')}; say whose defaults it takes`;
  const missing =
    named === undefined && own['environment'] === undefined ? [{ key: `${prefix}environment`, message }] : [];
  return { environment, profile, missing };
}

function splitKey(key: string): readonly [string, string] {
  const colon = key.indexOf(':');
  return colon < 0 ? [configNamespace, key] : [key.slice(0, colon), key.slice(colon + 1)];
}
