import type { TraceContext } from '../core/currentTraceContext.ts';
import type { HostProcess } from '../core/hostProcess.ts';
import type { PerformanceMonitorConfig } from './performanceMonitorOptions.ts';
import type { Sampler } from './reading.ts';

/** What a `PerformanceMonitor` needs of the outside. */
export interface PerformancePorts {
  readonly host: Pick<HostProcess, 'schedule' | 'wallMillis' | 'monotonicMillis' | 'warn' | 'keepAlive'>;
  /** The trace in which it is called: exemplars name it. */
  readonly currentTrace: () => TraceContext | undefined;
  /** Gets what goes wrong where nobody waits for it. */
  readonly onError: (error: Error) => void;
  /** What is read every interval. */
  readonly samplers: (config: PerformanceMonitorConfig) => readonly Sampler[];
}
