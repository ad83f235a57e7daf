import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import type { KeptMetric } from './measuredMetric.ts';
import type { MetricPorts } from './metricPorts.ts';
import { type NumberMetric, type NumberPoint, UNKNOWN_START } from './metricSnapshot.ts';
import { type KnownSeries, type ObservedValue, ObservedValues, OTHERS_PER_SERIES } from './observedValues.ts';
import { OverflowMembers } from './overflowMembers.ts';
import { OVERFLOW_IDENTITY } from './seriesAttributes.ts';

/**
 * A metric whose values are found out all together, again and again. It has the series of the last round, and no others. What
 * there is no series left for is `otel.metric.overflow`: of gauges the last value, of sums that may fall their sum, of
 * counters what they have counted since they are part of it, see `OverflowMembers`.
 */
export class ObservedMetric implements KeptMetric {
  readonly descriptor: InstrumentDescriptor;
  readonly #ports: MetricPorts;
  /** Totals that are read of the machine are older than the metric: taken from its beginning they would be growth. */
  readonly #startWallMillis: number;
  readonly #members: OverflowMembers;
  readonly #known: KnownSeries;
  #points: ReadonlyMap<string, NumberPoint> = new Map();

  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts) {
    this.descriptor = descriptor;
    this.#ports = ports;
    this.#startWallMillis = descriptor.origin === 'read' ? UNKNOWN_START : ports.wallMillis();
    this.#members = new OverflowMembers(ports.maxSeries * OTHERS_PER_SERIES);
    this.#known = {
      hasOwn: (key) => key !== OVERFLOW_IDENTITY.key && this.#points.has(key),
      isOther: (key) => this.#members.has(key),
    };
  }

  get seriesCount(): number {
    return this.#points.size;
  }

  /** Where a round is to put its values. */
  newValues(): ObservedValues {
    return new ObservedValues(this.descriptor, this.#ports, this.#known);
  }

  /** The values take the place of all that there were. A counter that fell has begun anew. */
  replace(values: ObservedValues): void {
    const own = values.settle();
    const rest = this.descriptor.kind === 'counter' ? this.#counted(own, values) : this.#rest(values);
    const points = new Map<string, NumberPoint>();
    for (const [key, value] of own) points.set(key, this.#pointOf(key, value));
    if (rest !== undefined) {
      const { key, attributes } = OVERFLOW_IDENTITY;
      points.set(key, this.#pointOf(key, { attributes, value: rest }));
    }
    this.#points = points;
  }

  snapshot(): NumberMetric | undefined {
    const { scope, name, description, unit, kind } = this.descriptor;
    if (this.#points.size === 0 || kind === 'histogram') return undefined;
    return { scope, name, description, unit, kind, points: [...this.#points.values()] };
  }

  #rest(values: ObservedValues): number | undefined {
    const { value, count } = values.others();
    this.#ports.ledger.overflow(this.descriptor, 'maxSeriesPerMetric', count);
    return value;
  }

  #counted(own: ReadonlyMap<string, unknown>, values: ObservedValues): number | undefined {
    const { ledger } = this.#ports;
    this.#members.nextRound();
    for (const [key, { value }] of this.#points)
      if (this.#known.hasOwn(key) && !own.has(key)) this.#members.leave(key, value);
    for (const key of own.keys()) this.#members.forget(key);
    let isCounted = false;
    for (const [key, value] of values.others().counters) {
      const reason = this.#members.add(key, value);
      if (reason !== undefined) ledger.dropped[reason] += 1;
      // Who gives its values that name has lost no series.
      else if (key !== OVERFLOW_IDENTITY.key) ledger.overflow(this.descriptor, 'maxSeriesPerMetric');
      isCounted ||= reason === undefined;
    }
    return isCounted ? this.#members.total : undefined;
  }

  #pointOf(key: string, { attributes, value }: ObservedValue): NumberPoint {
    const before = this.#points.get(key);
    // The same object as before: readers may know a series by it.
    return { attributes: before?.attributes ?? attributes, startWallMillis: this.#startOf(before, value), value };
  }

  #startOf(before: NumberPoint | undefined, value: number): number {
    if (before === undefined) return this.#startWallMillis;
    const hasFallen = this.descriptor.kind === 'counter' && value < before.value;
    return hasFallen ? this.#ports.wallMillis() : before.startWallMillis;
  }
}
