import type { TraceContext } from '../core/currentTraceContext.ts';
import type { HostProcess } from '../core/hostProcess.ts';
import type { ProcessResource } from '../core/processResource.ts';
import type { TextRedactor } from '../core/textRedactor.ts';
import type { PerformanceMonitorConfig } from './performanceMonitorOptions.ts';
import type { MetricSampler } from './metricReading.ts';

/** What a `PerformanceMonitor` needs of the outside. */
export interface PerformancePorts {
  readonly host: Pick<HostProcess, 'schedule' | 'wallMillis' | 'monotonicMillis' | 'warn' | 'keepAlive'>;
  /** The trace in which it is called: exemplars name it. */
  readonly currentTrace: () => TraceContext | undefined;
  /** Gets what goes wrong where nobody waits for it. */
  readonly onError: (error: Error) => void;
  /** Its own rules, those of the application, take out what must not be kept of texts in attributes. */
  readonly textRedactor: Pick<TextRedactor, 'redactByOwnRules'>;
  /** What the process is, for whoever gets its metrics; `undefined` where nobody said. */
  readonly resource: ProcessResource | undefined;
  /** What is read every interval. */
  readonly samplers: (config: PerformanceMonitorConfig) => readonly MetricSampler[];
}
