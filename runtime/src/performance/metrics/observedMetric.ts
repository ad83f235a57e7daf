import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import type { KeptMetric } from './measuredMetric.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { NumberMetric, NumberPoint } from './metricSnapshot.ts';
import { ObservedValues } from './observedValues.ts';

/** A metric whose values are found out all together, again and again. It has the series of the last round, and no others. */
export class ObservedMetric implements KeptMetric {
  readonly descriptor: InstrumentDescriptor;
  readonly #ports: MetricPorts;
  readonly #createdWallMillis: number;
  #points = new Map<string, NumberPoint>();

  constructor(descriptor: InstrumentDescriptor, ports: MetricPorts) {
    this.descriptor = descriptor;
    this.#ports = ports;
    this.#createdWallMillis = ports.wallMillis();
  }

  get seriesCount(): number {
    return this.#points.size;
  }

  /** Where a round is to put its values. */
  newValues(): ObservedValues {
    return new ObservedValues(this.descriptor, this.#ports);
  }

  /** The values take the place of all that there were. A counter that fell has begun anew. */
  replace(values: ObservedValues): void {
    const points = new Map<string, NumberPoint>();
    for (const [key, { attributes, value }] of values.entries()) {
      const before = this.#points.get(key);
      points.set(key, {
        // The same object as before: readers may know a series by it.
        attributes: before?.attributes ?? attributes,
        startWallMillis: this.#startOf(before, value),
        value,
      });
    }
    this.#points = points;
  }

  snapshot(): NumberMetric | undefined {
    const { scope, name, description, unit, kind } = this.descriptor;
    if (this.#points.size === 0 || kind === 'histogram') return undefined;
    return { scope, name, description, unit, kind, points: [...this.#points.values()] };
  }

  #startOf(before: NumberPoint | undefined, value: number): number {
    if (before === undefined) return this.#createdWallMillis;
    const hasFallen = this.descriptor.kind === 'counter' && value < before.value;
    return hasFallen ? this.#ports.wallMillis() : before.startWallMillis;
  }
}
