import { ConfigurationReader } from './readers/configurationReader.ts';
import { DISABLED } from './settings/resourceSettings.ts';
import type { TracingSources } from './tracingSources.ts';

/**
 * Whether options or environment switch tracing off. Asked before anything else, so that a process without tracing
 * starts whatever its other settings are.
 *
 * @throws ConfigurationError when the option is neither true nor false.
 */
export function isTracingDisabled(sources: Pick<TracingSources, 'options' | 'environment'>): boolean {
  const reader = new ConfigurationReader({ ...sources, stackOutputs: undefined });
  const disabled = reader.read(DISABLED);
  reader.throwIfAnything();
  return disabled;
}
