import {
  createObservability,
  type ErrorTracker,
  type MetricsServer,
  type Observability,
  type PerformanceMonitor,
  serveMetrics,
  type Tracing,
} from '@tracewright/runtime';
import { type Environment, EnvironmentError, readPort, readSwitch } from './environment.ts';
import type { Log } from './log.ts';

const THIS_MACHINE = '127.0.0.1';

/**
 * Starts what is watched beside the traces: requests (`REQUEST_TRACKING=false` switches them off), performance
 * (`PERFORMANCE_MONITORING=false`) and errors (`ERROR_TRACKING=false`). Where `METRICS_PORT` is set to a port other than 0,
 * Prometheus finds the metrics there, on this machine alone unless `METRICS_HOST` says otherwise.
 *
 * @throws EnvironmentError for variables that cannot be used, and for a port that cannot be listened on; nothing goes on then.
 */
export async function observe(environment: Environment, tracing: Tracing, log: Log): Promise<Observability> {
  const port = readPort(environment, 'METRICS_PORT', 0);
  const observability = createObservability({
    tracing,
    requests: readSwitch(environment, 'REQUEST_TRACKING') && {},
    performance: readSwitch(environment, 'PERFORMANCE_MONITORING') && {},
    errors: readSwitch(environment, 'ERROR_TRACKING') && {},
  });
  const { performance, errors } = observability;
  if (errors !== undefined) logNewGroups(errors, log);
  if (port === 0) return observability;
  if (performance === undefined) {
    log('warn', 'METRICS_PORT is ignored: there are no metrics while PERFORMANCE_MONITORING is false', { port });
    return observability;
  }
  try {
    const server = await serve(performance, port, environment);
    log('info', 'metrics are served', { url: server.url });
    const stop = async (): Promise<void> => {
      for (const part of [server, observability]) await part.stop();
    };
    return { ...observability, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await observability.stop();
    throw error;
  }
}

/** One line for each kind of error that was not there before: with its category, and a trace in which it happened. */
function logNewGroups(errors: ErrorTracker, log: Log): void {
  errors.listen({
    appeared: ({ id, category, severity, type, message, culprit, events }) =>
      log('warn', 'a new kind of error', {
        group: id,
        category,
        severity,
        error_type: type,
        error: message,
        culprit,
        trace_id: events[0]?.traceId,
      }),
  });
}

async function serve(performance: PerformanceMonitor, port: number, environment: Environment): Promise<MetricsServer> {
  const given = environment['METRICS_HOST'] ?? '';
  const host = given === '' ? THIS_MACHINE : given;
  try {
    return await serveMetrics(performance, { port, host });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const allowed = `a port that is free on METRICS_HOST (${host}), or 0 for no metrics: ${why}`;
    throw new EnvironmentError('METRICS_PORT', String(port), allowed, { cause });
  }
}
