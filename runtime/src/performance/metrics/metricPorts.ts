import type { Context } from '@opentelemetry/api';
import type { TraceContext } from '../../core/currentTraceContext.ts';
import type { MeasurementLedger } from './measurementLedger.ts';
import type { ScopedRoom } from './scopedRoom.ts';

/** What metrics need of what is around them. */
export interface MetricPorts {
  /** Milliseconds since 1970. */
  readonly wallMillis: () => number;
  /** The trace that a measurement is made in: that of a context, or where none is given, the current one. */
  readonly traceOf: (context: Context | undefined) => TraceContext | undefined;
  readonly ledger: MeasurementLedger;
  /** Takes out of the texts of attributes what must not be kept. */
  readonly redactText: (text: string) => string;
  /** Places of the series that are measured, of all metrics together. */
  readonly seriesRoom: Pick<ScopedRoom, 'take'>;
  /** How many series each metric has at most. */
  readonly maxSeries: number;
}
