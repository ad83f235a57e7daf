import { ConfigurationError, type ConfigurationProblem } from '../../../../../runtime/src/core/configurationError.ts';
import { describeTracingConfig } from '../../../../../runtime/src/tracing/configuration/describeTracingConfig.ts';
import { parseTracingConfig } from '../../../../../runtime/src/tracing/configuration/parseTracingConfig.ts';
import type { SettingInForce } from '../../../../../runtime/src/tracing/configuration/settingInForce.ts';
import type { TracingConfig } from '../../../../../runtime/src/tracing/configuration/tracingConfig.ts';
import type { TracingSources } from '../../../../../runtime/src/tracing/configuration/tracingSources.ts';

/** The sources of a service that is named, and of which nothing else is said. */
export function sourcesWith(sources: Partial<TracingSources>): TracingSources {
  return { options: { serviceName: 'orders' }, stackOutputs: undefined, environment: {}, ...sources };
}

export function parse(sources: Partial<TracingSources>): TracingConfig {
  return parseTracingConfig(sourcesWith(sources));
}

/** What is wrong; empty where nothing is. Any error but a `ConfigurationError` comes through. */
export function problemsOf(sources: Partial<TracingSources>): readonly ConfigurationProblem[] {
  try {
    parse(sources);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

export function rowsOf(sources: Partial<TracingSources>): readonly SettingInForce[] {
  return describeTracingConfig(sourcesWith(sources));
}
