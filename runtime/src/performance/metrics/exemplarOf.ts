import type { Context } from '@opentelemetry/api';
import type { MetricPorts } from './metricPorts.ts';
import type { Exemplar } from './metricSnapshot.ts';

/** The measurement as one to look at, where it is made in a trace that can be: a sampled one. */
export function exemplarOf(ports: MetricPorts, value: number, context: Context | undefined): Exemplar | undefined {
  const trace = ports.traceOf(context);
  if (trace?.sampled !== true) return undefined;
  return { value, wallMillis: ports.wallMillis(), traceId: trace.traceId, spanId: trace.spanId };
}
