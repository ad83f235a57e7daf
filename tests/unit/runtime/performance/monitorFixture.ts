import { PerformanceMonitor } from '../../../../runtime/src/performance/performanceMonitor.ts';
import type { PerformanceMonitorOptions } from '../../../../runtime/src/performance/performanceMonitorOptions.ts';
import type {
  MetricGap,
  MetricReading,
  ReadMetric,
  MetricSampler,
} from '../../../../runtime/src/performance/metricReading.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

export const SECOND = 1000;
export const LOAD: ReadMetric = { name: 'load', kind: 'gauge', unit: '1', description: 'How much there is to do.' };

/** Reads what the test says, and can be made to wait or to give nothing. */
export class FakeSampler implements MetricSampler {
  readonly metrics = [LOAD];
  started = 0;
  stopped = 0;
  reads = 0;
  value: number | undefined = 1;
  hasGap = true;
  reason = 'nobody knows';
  #blocked: Promise<void> = Promise.resolve();

  start(): void {
    this.started += 1;
  }

  stop(): void {
    this.stopped += 1;
  }

  block(): () => void {
    let release: () => void = () => undefined;
    this.#blocked = new Promise((resolve) => (release = resolve));
    return release;
  }

  async read(): Promise<{ readings: readonly MetricReading[]; gaps: readonly MetricGap[] }> {
    this.reads += 1;
    await this.#blocked;
    if (this.value === undefined)
      return {
        readings: [],
        gaps: this.hasGap ? [{ source: 'load', metrics: ['load'], reason: this.reason }] : [],
      };
    return { readings: [{ metric: 'load', value: this.value }], gaps: [] };
  }
}

/** A monitor of one sampler, with a clock that is driven. */
export function tested(options: PerformanceMonitorOptions = {}) {
  const host = new FakeHost();
  const sampler = new FakeSampler();
  const errors: Error[] = [];
  const monitor = new PerformanceMonitor(options, {
    host,
    samplers: () => [sampler],
    onError: (error) => errors.push(error),
  });
  /** Lets time pass, and what is due come to its end. */
  const pass = async (millis: number): Promise<void> => {
    host.advance(millis);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { host, sampler, errors, monitor, pass };
}
