import { type BatchObservableResult, type Meter, ValueType } from '@opentelemetry/api';
import type { Dispose } from '../../core/hostProcess.ts';
import { SERIES_REFUSALS } from './seriesLossError.ts';
import type { SeriesStore } from './seriesStore.ts';

const LEVELS = ['raw', 'minutes', 'hours', 'series'] as const;

/**
 * Shows what a store of series holds and what it does not, as OpenTelemetry instruments:
 *
 * - `tracewright.series.kept`, `.points`, `.memory` and `.gaps`: up-down counters of what there is, memory in bytes;
 * - `tracewright.series.appended`: a counter of points that came;
 * - `tracewright.series.refused`: a counter of those of which nothing was kept, with attribute `reason`;
 * - `tracewright.series.early`: a counter of what was given up before its time, with attribute `what`;
 * - `tracewright.series.gaps_dropped`: a counter of gaps that were let go of as there were too many.
 *
 * Series with attributes are there from the start.
 *
 * @returns ends the observation
 */
export function observeSeries(store: Pick<SeriesStore, 'counts' | 'bytes'>, meter: Meter): Dispose {
  const options = (unit: string, description: string) => ({ unit, description, valueType: ValueType.INT });
  const now = (name: string, unit: string, description: string) =>
    meter.createObservableUpDownCounter(`tracewright.series.${name}`, options(unit, description));
  const total = (name: string, unit: string, description: string) =>
    meter.createObservableCounter(`tracewright.series.${name}`, options(unit, description));
  const kept = now('kept', '{series}', 'Series of which points are kept.');
  const points = now('points', '{point}', 'Points that are kept.');
  const memory = now('memory', 'By', 'Memory of points that are kept, estimated.');
  const gaps = now('gaps', '{gap}', 'Gaps that are kept.');
  const appended = total('appended', '{point}', 'Points that came.');
  const refused = total('refused', '{point}', 'Points that are not kept, by reason.');
  const early = total('early', '{point}', 'Points that became coarser, and series that went, before their time.');
  const dropped = total('gaps_dropped', '{gap}', 'Gaps that were let go of, as there were too many.');
  const observe = (result: BatchObservableResult): void => {
    const counts = store.counts();
    result.observe(kept, counts.series);
    result.observe(points, counts.points);
    result.observe(memory, store.bytes);
    result.observe(gaps, counts.gaps);
    result.observe(appended, counts.appended);
    for (const reason of SERIES_REFUSALS) result.observe(refused, counts.refused[reason], { reason });
    for (const what of LEVELS) result.observe(early, counts.early[what], { what });
    result.observe(dropped, counts.droppedGaps);
  };
  const observables = [kept, points, memory, gaps, appended, refused, early, dropped];
  meter.addBatchObservableCallback(observe, observables);
  return () => meter.removeBatchObservableCallback(observe, observables);
}
