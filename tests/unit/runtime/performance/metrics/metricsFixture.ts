import type { Attributes } from '@opentelemetry/api';
import { expect } from 'vitest';
import type { HistogramPoint, MetricSnapshot } from '../../../../../runtime/src/performance/metrics/metricSnapshot.ts';
import {
  MetricsProvider,
  type MetricsProviderOptions,
} from '../../../../../runtime/src/performance/metrics/metricsProvider.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

/** When a `FakeHost` begins. */
export const START = 1_795_737_600_000;

/** A provider with a clock that is driven, and what it told of. */
export function metricsFixture(options: Partial<MetricsProviderOptions> = {}) {
  const host = new FakeHost();
  const errors: string[] = [];
  const provider = new MetricsProvider({ host, onError: (error) => errors.push(error.message), ...options });
  const meter = provider.getMeter('shop', '1.2.3');
  /** The only metric that there is. */
  const only = async (): Promise<MetricSnapshot> => {
    const metrics = await provider.collect();
    expect(metrics).toHaveLength(1);
    const [metric] = metrics;
    if (metric === undefined) throw new Error('there is no metric');
    return metric;
  };
  /** Attributes and value of each series of the only metric, which is no histogram. */
  const values = async (): Promise<readonly (readonly [Attributes, number])[]> => {
    const metric = await only();
    if (metric.kind === 'histogram') throw new Error('a histogram has no values');
    return metric.points.map(({ attributes, value }) => [attributes, value]);
  };
  /** The series of the only metric, which is a histogram. */
  const distributions = async (): Promise<readonly HistogramPoint[]> => {
    const metric = await only();
    if (metric.kind !== 'histogram') throw new Error(`a ${metric.kind} has no distributions`);
    return metric.points;
  };
  return { host, errors, provider, meter, only, values, distributions };
}
