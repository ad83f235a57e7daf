import { type BatchObservableResult, type Meter, ValueType } from '@opentelemetry/api';
import type { Dispose } from '../../core/hostProcess.ts';
import { MEASUREMENT_DROP_REASONS } from './measurementLedger.ts';
import type { MetricsProvider } from './metricsProvider.ts';

/**
 * Shows what a provider of metrics counts of itself, as OpenTelemetry instruments:
 *
 * - `tracewright.metrics.series`: an up-down counter of the series that there are;
 * - `tracewright.metrics.dropped`: a counter of measurements that are in no metric, with attribute `reason`, one series for
 *   each from the start;
 * - `tracewright.metrics.overflowed`: a counter of measurements whose attributes are not told apart any more;
 * - `tracewright.metrics.refused`: a counter of instruments and meters that were asked for and count nothing.
 *
 * @returns ends the observation
 */
export function observeMetrics(provider: Pick<MetricsProvider, 'counts'>, meter: Meter): Dispose {
  const counter = (name: string, unit: string, description: string) =>
    meter.createObservableCounter(`tracewright.metrics.${name}`, { description, unit, valueType: ValueType.INT });
  const series = meter.createObservableUpDownCounter('tracewright.metrics.series', {
    description: 'Series of all metrics.',
    unit: '{series}',
    valueType: ValueType.INT,
  });
  const dropped = counter('dropped', '{measurement}', 'Measurements that are in no metric, by reason.');
  const overflowed = counter('overflowed', '{measurement}', 'Measurements whose attributes are not told apart.');
  const refused = counter('refused', '{instrument}', 'Instruments and meters that count nothing.');
  const observables = [series, dropped, overflowed, refused];
  const observe = (result: BatchObservableResult): void => {
    const counts = provider.counts();
    result.observe(series, counts.series);
    for (const reason of MEASUREMENT_DROP_REASONS) result.observe(dropped, counts.dropped[reason], { reason });
    result.observe(overflowed, counts.overflowed);
    result.observe(refused, counts.refused);
  };
  meter.addBatchObservableCallback(observe, observables);
  return () => meter.removeBatchObservableCallback(observe, observables);
}
