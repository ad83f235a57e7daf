import { propagation } from '@opentelemetry/api';
import { installModuleHooks } from '../core/adapters/installModuleHooks.ts';
import { nodeHostProcess } from '../core/adapters/nodeHostProcess.ts';
import { ConfigurationWarning } from '../core/configurationWarning.ts';
import type { HostProcess } from '../core/hostProcess.ts';
import { neverThrowing } from '../core/neverThrowing.ts';
import { warnOfErrors } from './accounting/warnOfErrors.ts';
import { formatTracingConfig } from './configuration/describeTracingConfig.ts';
import { isTracingDisabled } from './configuration/isTracingDisabled.ts';
import { readTracingSources } from './configuration/readTracingSources.ts';
import { resolveTracingConfig } from './configuration/resolveTracingConfig.ts';
import type { BatchLimits, TracingConfig } from './configuration/tracingConfig.ts';
import type { TracingOptions } from './configuration/tracingOptions.ts';
import { unknownVariables } from './configuration/unknownVariables.ts';
import { createPropagator } from './context/createPropagator.ts';
import { nodeTransportHost } from './export/adapters/nodeTransportHost.ts';
import { createTransport } from './export/createTransport.ts';
import type { ExporterConfig } from './export/exporterConfig.ts';
import type { SpanTransport } from './export/spanTransport.ts';
import { createInstrumentations } from './instrumentation/createInstrumentations.ts';
import { findEarlyLoads } from './instrumentation/findEarlyLoads.ts';
import { instrumentedModules } from './instrumentation/moduleDefinitions.ts';
import { createLogCorrelation } from './logs/createLogCorrelation.ts';
import { hasTracerProvider } from './provider/registeredProvider.ts';
import { DisabledTracing } from './disabledTracing.ts';
import type { HookedLibraries } from './hookedLibraries.ts';
import { RunningTracing, unregisterTracing } from './runningTracing.ts';
import type { Tracing } from './tracing.ts';
import { TracingAlreadyStartedError } from './tracingAlreadyStartedError.ts';

/** What tracing needs from outside; each has a real default. */
export interface TracingPorts {
  /** The process: environment, clock, signals. */
  readonly host: HostProcess;
  /** Makes what sends the spans. */
  readonly createTransport: (config: ExporterConfig, limits: Pick<BatchLimits, 'exportTimeoutMillis'>) => SpanTransport;
}

/**
 * Starts tracing in this process: a tracer provider with the service's resource, the sampler, a bounded queue that
 * accounts for every span, a transport, propagation, instrumentations and the correlation of logs.
 *
 * Libraries that were loaded before are not instrumented, and warned of: call it first, or use `node --import
 * @tracewright/runtime/register`.
 *
 * Where tracing is disabled (`disabled`, `OTEL_SDK_DISABLED`) nothing is started or checked.
 *
 * @throws ConfigurationError with every problem of the configuration at once.
 * @throws TracingAlreadyStartedError when this process has a tracer provider already.
 */
export function createTracing(options: TracingOptions = {}, ports: Partial<TracingPorts> = {}): Tracing {
  const host = ports.host ?? nodeHostProcess();
  if (isTracingDisabled({ options, environment: host.environment })) return new DisabledTracing();
  for (const text of unknownVariables(host.environment)) host.warn(new ConfigurationWarning(text));
  const { config, rows } = resolveTracingConfig(readTracingSources(options, host));
  if (hasTracerProvider()) throw new TracingAlreadyStartedError();
  const libraries = hookLibraries(config, host);
  if (!propagation.setGlobalPropagator(createPropagator(config.propagators))) {
    libraries.unhook();
    throw new TracingAlreadyStartedError();
  }
  try {
    const onError = neverThrowing(options.onError ?? warnOfErrors(host));
    const openTransport: TracingPorts['createTransport'] =
      ports.createTransport ??
      ((exporter, limits) => createTransport(exporter, { ...limits, host: nodeTransportHost(host) }));
    const { exportTimeoutMillis } = config.batch;
    const transport = config.exporter && openTransport(config.exporter, { exportTimeoutMillis });
    return new RunningTracing({ config, description: formatTracingConfig(rows), transport, libraries, host, onError });
  } catch (error) {
    libraries.unhook();
    unregisterTracing();
    throw error;
  }
}

/** Switches on what changes libraries, and warns of those that came too early for it. */
function hookLibraries(config: TracingConfig, host: HostProcess): HookedLibraries {
  const own = createInstrumentations(config);
  const logs = createLogCorrelation(config.logCorrelation);
  const instrumentations = [...own, ...logs.instrumentations];
  installModuleHooks(instrumentedModules(instrumentations));
  for (const warning of findEarlyLoads(instrumentations)) host.warn(warning);
  return {
    instrumentations,
    unhook: () => {
      for (const instrumentation of own) instrumentation.disable();
      logs.stop();
    },
  };
}
