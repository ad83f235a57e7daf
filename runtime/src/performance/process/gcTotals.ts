import type { MetricReading } from '../metricReading.ts';
import { GC_TYPES, type GcType } from './processPorts.ts';

const MILLIS = 1000;

/** How often and how long garbage was collected since it is watched, by type. */
export class GcTotals {
  readonly #totals = new Map<GcType, { count: number; millis: number }>(
    GC_TYPES.map((type) => [type, { count: 0, millis: 0 }]),
  );

  readonly add = (type: GcType, millis: number): void => {
    const total = this.#totals.get(type);
    if (total === undefined) return;
    total.count += 1;
    total.millis += millis;
  };

  readings(): readonly MetricReading[] {
    return [...this.#totals].flatMap(([type, { count, millis }]) => [
      { metric: 'tracewright.v8js.gc.count', value: count, attributes: { 'v8js.gc.type': type } },
      { metric: 'tracewright.v8js.gc.time', value: millis / MILLIS, attributes: { 'v8js.gc.type': type } },
    ]);
  }
}
