import { resolveTracingConfig } from './resolveTracingConfig.ts';
import type { TracingConfig } from './tracingConfig.ts';
import type { TracingSources } from './tracingSources.ts';

/**
 * One complete configuration out of options, environment and stack outputs, in that order. Pure: the same sources give
 * the same answer, and nothing but them is looked at.
 *
 * @throws ConfigurationError with every problem at once.
 */
export function parseTracingConfig(sources: TracingSources): TracingConfig {
  return resolveTracingConfig(sources).config;
}
