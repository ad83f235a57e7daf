export { ConfigurationError, type ConfigurationProblem } from './core/configurationError.ts';
export type { Dispose, HostProcess, TerminationSignal } from './core/hostProcess.ts';
export { TimeoutError } from './core/timeoutError.ts';
export { createTracing, type TracingPorts } from './tracing/createTracing.ts';
export { currentTraceContext, type TraceContext } from './tracing/currentTraceContext.ts';
export { ExportError, type ExportErrorOptions, type ExportFailure } from './tracing/exportError.ts';
export { INSTRUMENTATION_NAMES, type InstrumentationName } from './tracing/instrumentationName.ts';
export { parseTracingConfig } from './tracing/configuration/parseTracingConfig.ts';
export type {
  TracingAgentOutputs,
  TracingCollectorOutputs,
  TracingQueryOutputs,
  TracingStackOutputs,
} from './tracing/stackOutputs.ts';
export type { Tracing } from './tracing/tracing.ts';
export { TracingAlreadyStartedError } from './tracing/tracingAlreadyStartedError.ts';
export type { BatchLimits, TracingConfig } from './tracing/configuration/tracingConfig.ts';
export type { ExporterConfig } from './tracing/export/exporterConfig.ts';
export type { TracingSources } from './tracing/configuration/tracingSources.ts';
export type { AgentOptions, ExporterKind } from './tracing/configuration/exporterOptions.ts';
export type { BatchOptions } from './tracing/configuration/limitOptions.ts';
export type { TracingOptions } from './tracing/configuration/tracingOptions.ts';
export { withoutTracing } from './tracing/withoutTracing.ts';
export { setHttpRoute } from './tracing/setHttpRoute.ts';
