import { createObservability, type Observability, serveMetrics, type Tracing } from '@tracewright/runtime';
import { type Environment, readPort, readSwitch } from './environment.ts';

/**
 * Starts what is watched beside the traces: requests (`REQUEST_TRACKING=false` switches them off) and performance
 * (`PERFORMANCE_MONITORING=false`). Where `METRICS_PORT` is set, Prometheus finds the metrics there, on this machine alone
 * unless `METRICS_HOST` says otherwise.
 *
 * @throws EnvironmentError for variables that cannot be used.
 */
export async function observe(environment: Environment, tracing: Tracing): Promise<Observability> {
  const port = readPort(environment, 'METRICS_PORT', 0);
  const observability = createObservability({
    tracing,
    requests: readSwitch(environment, 'REQUEST_TRACKING') && {},
    performance: readSwitch(environment, 'PERFORMANCE_MONITORING') && {},
  });
  const { performance } = observability;
  if (port === 0 || performance === undefined) return observability;
  const server = await serveMetrics(performance, { port, host: environment['METRICS_HOST'] ?? '127.0.0.1' });
  const stop = async (): Promise<void> => {
    await server.close();
    await observability.stop();
  };
  return { ...observability, stop, [Symbol.asyncDispose]: stop };
}
