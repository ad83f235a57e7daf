import { ConfigurationError } from '../../core/configurationError.ts';
import type { HostProcess } from '../../core/hostProcess.ts';
import { ConfigurationReader, type Found } from './readers/configurationReader.ts';
import { STACK_OUTPUTS } from './settings/behaviourSettings.ts';
import type { TracingOptions } from './tracingOptions.ts';
import type { TracingSources } from './tracingSources.ts';

/**
 * Gathers the three sources of a configuration, reading the stack outputs' file where a path was given.
 *
 * @throws ConfigurationError when that file cannot be read or is not JSON.
 */
export function readTracingSources(
  options: TracingOptions,
  host: Pick<HostProcess, 'environment' | 'readTextFile'>,
): TracingSources {
  const { environment } = host;
  const withoutOutputs = { options, environment, stackOutputs: undefined };
  const reader = new ConfigurationReader(withoutOutputs);
  const given = reader.peek(STACK_OUTPUTS);
  reader.throwIfAnything();
  if (given === undefined) return withoutOutputs;
  return {
    options,
    environment,
    stackOutputs: typeof given.value === 'string' ? readOutputsFile(given, host) : given.value,
  };
}

function readOutputsFile({ value, source }: Found<unknown>, host: Pick<HostProcess, 'readTextFile'>): unknown {
  const path = String(value);
  const text = attempt(
    () => host.readTextFile(path),
    path,
    source,
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  // What the parser says quotes the file, which may be another one, with secrets in it.
  return attempt(
    () => JSON.parse(text) as unknown,
    path,
    source,
    () => 'it is not JSON',
  );
}

function attempt<T>(work: () => T, path: string, source: string, reasonOf: (error: unknown) => string): T {
  try {
    return work();
  } catch (error) {
    const allowed = `the path of a readable JSON file, as \`pulumi stack output --json\` prints it (${reasonOf(error)})`;
    throw new ConfigurationError([{ option: 'stackOutputs', value: JSON.stringify(path), source, allowed }]);
  }
}
