import type { Attributes } from '@opentelemetry/api';
import type { Instance } from '../../../../../../runtime/src/dashboard/instance.ts';
import type {
  HistogramMetric,
  MetricSnapshot,
} from '../../../../../../runtime/src/performance/metrics/metricSnapshot.ts';
import { PerformanceMonitor } from '../../../../../../runtime/src/performance/performanceMonitor.ts';
import type { PerformanceMonitorOptions } from '../../../../../../runtime/src/performance/performanceMonitorOptions.ts';
import type { ThresholdEvent } from '../../../../../../runtime/src/performance/thresholds/threshold.ts';
import { FakeHost } from '../../../../../support/fakeHost.ts';
import type { Durations } from '../../../performance/series/seriesFixture.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** 2026-11-27T00:00:00Z: when the clock of points is at 0. */
export const START = 1_795_737_600_000;

/** A monitor that reads nothing by itself: the test says what is kept, and when. */
export class KeptMonitor extends PerformanceMonitor {
  readonly raisedNow: ThresholdEvent[] = [];
  readonly #host: FakeHost;

  constructor(options: PerformanceMonitorOptions = {}) {
    const host = new FakeHost();
    super(options, { host, samplers: () => [] });
    this.#host = host;
  }

  get nowMillis(): number {
    return this.#host.monotonicMillis();
  }

  override raised(): readonly ThresholdEvent[] {
    return this.raisedNow;
  }

  /** A round after so many milliseconds. */
  round(afterMillis: number, ...metrics: readonly MetricSnapshot[]): this {
    this.#host.advance(afterMillis);
    this.series.append(metrics, this.nowMillis);
    return this;
  }

  /** What lines are read with. */
  reading(windowMillis: number) {
    const toMillis = START + this.nowMillis;
    const range = { fromMillis: toMillis - windowMillis, toMillis };
    return { monitor: this, range, nextTurn: () => Promise.resolve() };
  }
}

/** A gauge with several series. */
export function gauge(
  name: string,
  unit: string,
  ...series: readonly (readonly [number, Attributes])[]
): MetricSnapshot {
  const points = series.map(([value, attributes]) => ({ attributes, startWallMillis: 0, value }));
  return { scope: { name: 'test' }, description: '', unit, name, kind: 'gauge', points };
}

/** Durations of requests in seconds, one series for each set of labels. */
export function requestDurations(...series: readonly (readonly [Durations, Attributes])[]): HistogramMetric {
  const points = series.map(([durations, attributes]) => ({ ...durations.metric().points[0], attributes }));
  return {
    scope: { name: 'test' },
    description: '',
    unit: 's',
    name: 'tracewright.requests.duration',
    kind: 'histogram',
    points: points as HistogramMetric['points'],
  };
}

/** A replica. */
export function replica(id: string): Instance {
  return { id, service: 'shop', hostName: 'pod', pid: 1, sinceMillis: START };
}
