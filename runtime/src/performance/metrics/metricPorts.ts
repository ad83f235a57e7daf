import type { Context } from '@opentelemetry/api';
import type { TraceContext } from '../../core/currentTraceContext.ts';
import type { MeasurementLedger } from './measurementLedger.ts';

/** What metrics need of what is around them. */
export interface MetricPorts {
  /** Milliseconds since 1970. */
  readonly wallMillis: () => number;
  /** The trace that a measurement is made in: that of a context, or where none is given, the current one. */
  readonly traceOf: (context: Context | undefined) => TraceContext | undefined;
  readonly ledger: MeasurementLedger;
  /** How many series each metric has at most. */
  readonly maxSeries: number;
}
