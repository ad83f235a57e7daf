import { ConfigurationError } from '../../core/configurationError.ts';
import type { HostProcess } from '../../core/hostProcess.ts';
import type { TracingSources } from './parseTracingConfig.ts';
import type { TracingOptions } from './tracingOptions.ts';

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
  const fromEnvironment = environment['TRACEWRIGHT_STACK_OUTPUTS_FILE'];
  const given = options.stackOutputs ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  const source = options.stackOutputs === undefined ? 'TRACEWRIGHT_STACK_OUTPUTS_FILE' : 'options';
  const stackOutputs: unknown = typeof given === 'string' ? readOutputsFile(given, source, host) : given;
  return { options, stackOutputs, environment };
}

function readOutputsFile(path: string, source: string, host: Pick<HostProcess, 'readTextFile'>): unknown {
  try {
    return JSON.parse(host.readTextFile(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const allowed = `the path of a readable JSON file, as \`pulumi stack output --json\` prints it (${reason})`;
    throw new ConfigurationError([{ option: 'stackOutputs', value: JSON.stringify(path), source, allowed }]);
  }
}
